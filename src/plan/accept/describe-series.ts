import type { FlashSaleSpec } from '../../api/flash-sale.ts';
import { formatInZone } from '../../api/instant.ts';
import { isEndless } from '../../api/series/recurrence-rule.ts';
import type { Observation } from '../../observe/observation.ts';
import { countOf } from '../condition.ts';

/** The dates of one recurring sale near now. */
export type SeriesDates = NonNullable<Observation['dates']>[number];

/** Most skipped dates that are named. */
const mostNamed = 5;

/** Describes the dates of a recurring sale in a sentence: its rule, the next start, and which near ones are skipped. */
export function describeSeries(
  { recurrence, timeZone }: Pick<FlashSaleSpec, 'recurrence' | 'timeZone'>,
  { starts, skipped, later }: Pick<SeriesDates, 'starts' | 'skipped' | 'later'>,
  now: number,
): string {
  const rule = recurrence?.rule ?? '';
  const next = starts.find(start => start > now) ?? later;
  const told = next === undefined ? 'no date is to come' : `the next date is ${formatInZone(next, timeZone)}`;
  const out = skipped.filter(start => start > now).map(start => formatInZone(start, timeZone).slice(0, 10));
  const named = [...new Set(out)];
  const more = named.length > mostNamed ? `, and ${countOf(named.length - mostNamed, 'more date')}` : '';
  const skips = named.length === 0 ? '' : `; skipped by exceptDates: ${named.slice(0, mostNamed).join(', ')}${more}`;
  return `It recurs by ${rule}${isEndless(rule) ? ', without an end' : ''}; ${told}${skips}.`;
}
