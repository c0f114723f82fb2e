import { type Figure, meets } from './benchmark.ts';

/** A figure with as many digits as a reader can use: 1234, 12.3, 0.123, 0.0012; "none" where there is no number. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const size = Math.abs(value);
  if (size > 0 && size < 0.0095) return String(Number(value.toPrecision(2)));
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 3);
}

/** A goal as one reads it: `≤ 0.255` or `0.930–0.970`; nothing where there is none. */
export function boundWords(goal: Figure['must']): string {
  if (goal === undefined) return '';
  return typeof goal === 'number' ? `≤ ${numberWords(goal)}` : `${numberWords(goal[0])}–${numberWords(goal[1])}`;
}

/** How a figure stands to its goals, in a word or two; nothing where it has none. */
export function verdictWords({ value, must, stretch }: Figure): string {
  if (meets(value, must) === false) return 'MISSED';
  if (meets(value, stretch) === true) return 'stretch met';
  return must === undefined ? '' : 'met';
}
