import { expect, test } from 'vitest';
import { fitDayProfile } from '../../../forecasts/profile/day-profile.ts';
import { samplesOf } from '../../../forecasts/series/samples.ts';
import { dayMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const profile = fitDayProfile(samplesOf(madeUpDemand({ days: 14, stepSeconds: 300 }), monday + 14 * dayMs));

test.each([
  ['steps as long as the bins, over many days', { start: monday - 3 * dayMs, stepMs: 5 * minuteMs, count: 3000 }],
  ['finer steps that begin in the middle of a day', { start: monday + 777 * minuteMs, stepMs: minuteMs, count: 5000 }],
  ['steps not aligned to the clock', { start: monday + 123_456, stepMs: 15 * minuteMs, count: 400 }],
  ['steps that do not divide the day', { start: monday + 5 * minuteMs, stepMs: 7 * minuteMs, count: 900 }],
  ['a few steps over midnight', { start: monday - 2 * minuteMs, stepMs: minuteMs, count: 5 }],
  ['steps of more than a day', { start: monday, stepMs: 7 * dayMs, count: 4 }],
])('a profile read along many steps is the profile at each of them: %s', (_, { start, stepMs, count }) => {
  const along = profile.along(start, stepMs, count);
  expect(along).toHaveLength(count);
  for (let i = 0; i < count; i++) expect(along[i]).toBeCloseTo(profile.at(start + i * stepMs), 12);
});
