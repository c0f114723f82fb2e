import type { Decomposition } from '../decomposition.ts';
import type { FitContext } from '../model.ts';
import { endOf } from '../series/samples.ts';
import { localDay } from './local-clock.ts';
import { proposeClock } from './propose-clock.ts';

/**
 * Describes for `basis` whose days the base counts, with the number of holidays in the history where there is a
 * calendar, and with a proposal where no clock is stated but the history followed one: "; days of UTC". Empty where
 * days make no difference.
 */
export function describeDays(decomposed: Decomposition, { clock, proposable = [] }: FitContext): string {
  const { samples, profile } = decomposed;
  if (profile.kinds === 'none') return '';
  if (clock === undefined || samples.clock === undefined) {
    const change = proposeClock(decomposed, proposable);
    if (change === undefined) return '; days of UTC';
    const day = new Date(change.at).toISOString().slice(0, 10);
    return `; days of UTC, but demand moved with the clocks of ${change.timeZone} on ${day}: state the shop's time zone`;
  }
  const zone = `; days of ${clock.timeZone}`;
  const { holidays = [] } = clock;
  if (holidays.length === 0) return zone;
  const first = localDay(samples.clock, samples.start);
  const last = localDay(samples.clock, endOf(samples) - 1);
  const seen = holidays.filter(({ day }) => day >= first && day <= last).length;
  return `${zone}, ${seen === 0 ? 'no past holiday' : seen === 1 ? '1 past holiday' : `${seen} past holidays`}`;
}
