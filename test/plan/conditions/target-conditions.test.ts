import { expect, test } from 'vitest';
import type { DemandObservation } from '../../../src/observe/observation.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, observationOf } from '../../support/shop/planned-namespace.ts';

function saidOfDemand(demand: Partial<DemandObservation>): string | undefined {
  const given = { now: '2026-11-27T12:00:00Z', targets: { gateway: { demand } } };
  const observation = observationOf(given);
  const [target] = planObservation(observation, forecastsOf(given, observation)).targets;
  return target?.conditions.find(({ type }) => type === 'DemandAvailable')?.message;
}

const failure = 'http://prometheus:9090 refused the connection: nothing listens on that port (ECONNREFUSED).';

test.each<[string, Partial<DemandObservation>, string]>([
  ['a source that answers', {}, 'prometheus answers.'],
  ['a prompt one', { latenessSeconds: 0 }, 'prometheus answers.'],
  [
    'a late one',
    { latenessSeconds: 75 },
    'prometheus answers. Its samples still rise for up to 2 min: younger ones lower no floor.',
  ],
  ['one that has just failed', { failure }, `Samples from prometheus are fresh still. ${failure}`],
  [
    'one that failed long ago',
    { failure, ageSeconds: 600 },
    `The newest sample from prometheus is 10 min old: no floor is lowered. ${failure}`,
  ],
])('DemandAvailable tells what really happened: %s', (_, demand, message) => {
  expect(saidOfDemand(demand)).toBe(message);
});
