import type { Model } from '../model.ts';
import { endOf, samplesOf } from '../samples.ts';
import { lastValue } from './last-value.ts';
import { levelProfile } from './level-profile.ts';
import { seasonalNaiveDay } from './seasonal-naive.ts';

const dayMs = 86_400_000;

/**
 * The best base that the length of the history allows, from nothing to years.
 *
 *   history      model
 *   < 1 d        last value
 *   1 d .. 2 d   same minute of the last day
 *   ≥ 2 d        level × profile
 *   steps ≥ 1 d  level × profile (its profile is the weekday, from two weeks on)
 */
export const ladder: Model = {
  name: 'ladder',
  fit: (history, context) => {
    const samples = samplesOf(history, context.now);
    const span = endOf(samples) - samples.start;
    if (samples.values.length === 0) {
      return { ...lastValue.fit(history, context), basis: 'no data: nothing is known of this demand' };
    }
    if (samples.stepMs >= dayMs || span >= 2 * dayMs) return levelProfile.fit(history, context);
    return (span >= dayMs ? seasonalNaiveDay : lastValue).fit(history, context);
  },
};
