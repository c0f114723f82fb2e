import { type Figure, meets } from './benchmark.ts';

/** Formats a figure with a useful number of digits: 1234, 12.3, 0.123, 0.0012; "none" without a number. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const size = Math.abs(value);
  if (size > 0 && size < 0.0095) return String(Number(value.toPrecision(2)));
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 3);
}

/** Formats a goal: `≤ 0.255` or `0.930–0.970`; empty without a goal. */
export function boundWords(goal: Figure['must']): string {
  if (goal === undefined) return '';
  return typeof goal === 'number' ? `≤ ${numberWords(goal)}` : `${numberWords(goal[0])}–${numberWords(goal[1])}`;
}

/** Describes whether a figure meets its goals, in a word or two; empty without goals. */
export function verdictWords({ value, must, stretch }: Figure): string {
  if (meets(value, must) === false) return 'MISSED';
  if (meets(value, stretch) === true) return 'stretch met';
  return must === undefined ? '' : 'met';
}
