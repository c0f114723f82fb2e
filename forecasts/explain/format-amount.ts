const dayMs = 86_400_000;

/** Formats a number: rounded to a whole number from 100 on, to two significant digits below. */
export function formatAmount(value: number): string {
  return `${Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2))}`;
}

/** Formats per cent with a sign: "+38", "−4.2", "0". */
export function formatSigned(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(10 * value) / 10 : Math.round(value);
  return rounded > 0 ? `+${rounded}` : `${rounded === 0 ? 0 : rounded}`.replace('-', '−');
}

/** Formats a share as per cent: 0.41 → "41 %". */
export function formatPercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Describes a difference: "12 % above", "8 % below" or "on"; in the history's unit on the raw scale. */
export function aboveOrBelow(amount: number, scale: 'log' | 'raw'): string {
  const size = scale === 'log' ? formatPercent(Math.abs(Math.expm1(amount))) : formatAmount(Math.abs(amount));
  if (size === '0 %' || size === '0') return 'on';
  return `${size} ${amount > 0 ? 'above' : 'below'}`;
}

/** The verb for a change: "rose" or "fell". */
export function rose(change: number): string {
  return change > 0 ? 'rose' : 'fell';
}

/** Formats the UTC time of day of epoch ms: "20:05". */
export function formatTimeOfDay(time: number): string {
  const minutes = Math.floor((((time % dayMs) + dayMs) % dayMs) / 60_000);
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
