import { InvalidArgumentError } from 'commander';

const unitMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Parses a duration as kubectl writes it, in milliseconds: `90s`, `1h30m`, `2d`; a bare number is seconds. */
export function parseGoDuration(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d+(?:ms|[smhd]))+$/.test(text))
    throw new InvalidArgumentError('expected a duration, as 90s, 5m or 1h30m.');
  return [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitMs.get(unit) ?? 0),
    0,
  );
}

/** A parser of durations (milliseconds, whole seconds) within bounds that are written as durations: `1m` to `7d`. */
export function durationBetween(least: string, most: string, bareUnit = 's'): (text: string) => number {
  return text => {
    const ms = parseGoDuration(/^\d+$/.test(text) ? `${text}${bareUnit}` : text);
    if (ms < parseGoDuration(least) || ms > parseGoDuration(most))
      throw new InvalidArgumentError(`expected ${least} to ${most}.`);
    return Math.round(ms / 1000) * 1000;
  };
}
