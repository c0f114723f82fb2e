import { findSeasons, type Series } from '../../../forecasts/index.ts';
import { formatDuration } from '../../api/duration.ts';

/**
 * Describes what a source has for a query: `28 d at 60 s, newest 12 s old, daily and weekly season`. `now` is epoch ms.
 * Undefined when no step has a value.
 */
export function describeFound({ start, stepSeconds, values }: Series, now: number): string | undefined {
  const first = values.findIndex(value => value !== null);
  const last = values.findLastIndex(value => value !== null);
  if (first === -1) return undefined;
  const measured = values.slice(first, last + 1);
  const missing = measured.filter(value => value === null).length;
  const age = (now - (start + (last + 1) * stepSeconds * 1000)) / 1000;
  return [
    `${formatDuration(measured.length * stepSeconds)} at ${stepSeconds} s`,
    `newest ${formatDuration(Math.max(0, age))} old`,
    ...(missing === 0 ? [] : [`${missing} of ${measured.length} steps missing`]),
    describeSeasons({ start: start + first * stepSeconds * 1000, stepSeconds, values: measured }),
  ].join(', ');
}

function describeSeasons(series: Series): string {
  const names = findSeasons(series).flatMap(({ name, found }) => (found && name !== 'other' ? [name] : []));
  const words = names.map(name => (name === 'day' ? 'daily' : 'weekly'));
  return words.length === 0 ? 'no season yet' : `${words.join(' and ')} season`;
}
