import type { Model } from '../model.ts';
import { scaleOf } from '../series/log-scale.ts';
import { loneSpikes } from '../series/lone-spikes.ts';
import { endOf, type Samples } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { soundSamples } from '../series/sound-samples.ts';
import { lastValue } from './last-value.ts';
import { levelProfile } from './level-profile.ts';
import { seasonalNaiveDay } from './seasonal-naive.ts';

const dayMs = 86_400_000;

/**
 * Chooses the base model by the length of the history, from no data to years.
 *
 *   history      model
 *   < 1 d        last value
 *   1 d .. 2 d   same minute of the last day
 *   ≥ 2 d        level × profile
 *   steps ≥ 1 d  level × profile (its profile is the weekday, from two weeks on)
 *
 * Below two days lone spikes are left out.
 */
export const ladder: Model = {
  name: 'ladder',
  fit: (history, context) => {
    const samples = soundSamples(history, context);
    const span = endOf(samples) - samples.start;
    if (samples.values.length === 0) {
      return { ...lastValue.fit(history, context), basis: 'no data: demand is unknown' };
    }
    if (samples.stepMs >= dayMs || span >= 2 * dayMs) return levelProfile.fit(history, context);
    return (span >= dayMs ? seasonalNaiveDay : lastValue).fit(withoutSpikes(history, samples), context);
  },
};

/** The history with null for lone spikes, which a naive model would repeat. */
function withoutSpikes(history: Series, samples: Samples): Series {
  const scale = scaleOf(samples.values);
  const spikes = loneSpikes({ ...samples, values: samples.values.map(scale.to) });
  if (!spikes.includes(1)) return history;
  const offset = Math.round((samples.start - history.start) / samples.stepMs);
  return { ...history, values: history.values.map((value, i) => (spikes[i - offset] ? null : value)) };
}
