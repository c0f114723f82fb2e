const dayMs = 86_400_000;

/** A number for a sentence: whole from a hundred on, two digits below. */
export function formatAmount(value: number): string {
  return `${Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2))}`;
}

/** "+38", "−4.2", "0": per cent with its sign. */
export function formatSigned(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(10 * value) / 10 : Math.round(value);
  return rounded > 0 ? `+${rounded}` : `${rounded === 0 ? 0 : rounded}`.replace('-', '−');
}

/** 0.41 → "41 %". */
export function formatPercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** "12 % above", "8 % below" or "on", to be followed by what it is compared with; on a raw scale in the history's unit. */
export function aboveOrBelow(amount: number, scale: 'log' | 'raw'): string {
  const size = scale === 'log' ? formatPercent(Math.abs(Math.expm1(amount))) : formatAmount(Math.abs(amount));
  if (size === '0 %' || size === '0') return 'on';
  return `${size} ${amount > 0 ? 'above' : 'below'}`;
}

/** "rose" or "fell". */
export function rose(change: number): string {
  return change > 0 ? 'rose' : 'fell';
}

/** Of epoch ms, "20:05" in UTC. */
export function formatTimeOfDay(time: number): string {
  const minutes = Math.floor((((time % dayMs) + dayMs) % dayMs) / 60_000);
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
