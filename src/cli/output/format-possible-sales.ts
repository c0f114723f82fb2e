import type { PossibleSale } from '../../review/possible-sales.ts';

const mostNamed = 12;
const dayMs = 86_400_000;

/**
 * Formats times of unusual demand as one question for each time of day: `6 and 20 November, 18:00–21:00 UTC: up to 5.2
 * times the usual demand: a sale? Add it to the sales and the forecast learns`. At most twelve are named, the highest.
 */
export function formatPossibleSales(sales: readonly PossibleSale[], timeZone = 'UTC'): readonly string[] {
  const named = sales
    .toSorted((a, b) => b.peakRatio - a.peakRatio)
    .slice(0, mostNamed)
    .sort((a, b) => a.start - b.start);
  const alike = Map.groupBy(named, ({ start, end }) => `${clockOf(start, timeZone)}–${endOf(start, end, timeZone)}`);
  const left = sales.length - named.length;
  const questions = [...alike].map(([span, group]) => {
    const times = Number(Math.max(...group.map(({ peakRatio }) => peakRatio)).toPrecision(2));
    const what = group.length === 1 ? 'a sale? Add it' : 'sales? Add them';
    const days = formatDays(
      group.map(({ start }) => start),
      timeZone,
    );
    return `${days}, ${span} ${timeZone}: up to ${times} times the usual demand: ${what} to the sales and the forecast learns`;
  });
  return left === 0 ? questions : [...questions, `${left} more times of unusual demand, all of them lower`];
}

/** Formats days: `6 and 20 November`, `30 November and 4 December 2026`. */
function formatDays(days: readonly number[], timeZone: string): string {
  const parts = days.map(day => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
    const [date = '', month = '', year = ''] = format.format(day).split(' ');
    return { date, month: `${month} ${year}` };
  });
  const months = Map.groupBy(parts, ({ month }) => month);
  return [...months].map(([month, all]) => `${joined(all.map(({ date }) => date))} ${month}`).join(' and ');
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function endOf(start: number, end: number, timeZone: string): string {
  const days = Math.floor((end - start) / dayMs);
  return `${clockOf(end, timeZone)}${days === 0 ? '' : ` ${days} day${days === 1 ? '' : 's'} later`}`;
}

function clockOf(epochMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(epochMs);
}
