import type { Decomposition } from '../decomposition.ts';
import type { DataNote } from '../demand.ts';
import type { FitContext } from '../model.ts';
import { endOf } from '../series/samples.ts';
import { localDay } from './local-clock.ts';
import { proposeClock } from './propose-clock.ts';

/**
 * Describes for `basis` whose days the base counts, with the number of holidays in the history where there is a
 * calendar: "; days of UTC". Empty where days make no difference.
 */
export function describeDays({ samples, profile }: Decomposition, { clock }: FitContext): string {
  if (profile.kinds === 'none') return '';
  if (clock === undefined || samples.clock === undefined) return '; days of UTC';
  const zone = `; days of ${clock.timeZone}`;
  const { holidays = [] } = clock;
  if (holidays.length === 0) return zone;
  const first = localDay(samples.clock, samples.start);
  const last = localDay(samples.clock, endOf(samples) - 1);
  const seen = holidays.filter(({ day }) => day >= first && day <= last).length;
  return `${zone}, ${seen === 0 ? 'no past holiday' : seen === 1 ? '1 past holiday' : `${seen} past holidays`}`;
}

/** A note that proposes a zone, where no clock is stated but the history followed one; none otherwise. */
export function describeOtherClock(
  decomposed: Decomposition,
  { clock, proposable = [] }: FitContext,
): readonly DataNote[] {
  const change = clock === undefined ? proposeClock(decomposed, proposable) : undefined;
  if (change === undefined) return [];
  const day = new Date(change.at).toISOString().slice(0, 10);
  const message = `demand moved with the clocks of ${change.timeZone} on ${day}, but days are those of UTC: state the shop's time zone`;
  return [{ kind: 'OtherClock', message, share: 1 }];
}
