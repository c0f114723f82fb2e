import { expect, test } from 'vitest';
import type { Observation } from '../../../src/observe/observation.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const given: Given = {
  now: '2026-11-27T18:58:00Z',
  sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
  salePlans: [
    { sale: { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }, targets: {} },
  ],
  targets: {
    gateway: {
      spec: { entryPoint: true },
      demand: { missing: 'HTTP 503' },
      forecast: { missing: 'no model was fitted' },
    },
  },
};

/** The given SalePlans with 31 to 47 replicas of gateway, kept in short. */
function recordedShort({ salePlans }: Observation): Observation['salePlans'] {
  return salePlans.map(record => {
    const plan = record.status?.plan;
    if (plan === undefined) throw new Error('no plan is given');
    const furtherTargets = [{ target: 'gateway', minReplicas: 31, maxReplicas: 47 }];
    return { ...record, status: { ...record.status, plan: { ...plan, furtherTargets } } };
  });
}

test('without demand a target is raised to the highest bounds that its SalePlan keeps in short', () => {
  const observation = observationOf(given);
  const salePlans = recordedShort(observation);
  const [planned] = planObservation({ ...observation, salePlans }, forecastsOf(given, observation)).targets;
  expect(planned?.bounds.minReplicas).toBe(31);
});

test.each([
  ['in the sale, the floor is at least the recorded one', '2026-11-27T19:30:00Z', 31],
  ['before it, the plan follows what the object gives', '2026-11-27T18:58:00Z', 8],
])('with a field of the target that cannot be read: %s', (_, now, minReplicas) => {
  const sized: Given = {
    ...given,
    now,
    targets: { gateway: { spec: { entryPoint: true }, forecast: 60 } },
  };
  const observation = observationOf(sized);
  const salePlans = recordedShort(observation);
  const targets = observation.targets.map(target => ({ ...target, leftOut: 'spec.calls: left out.' }));
  const forecasts = forecastsOf(sized, observation);
  const floorOf = (one: Observation) => planObservation({ ...one, salePlans }, forecasts).targets[0]?.bounds;
  expect(floorOf({ ...observation, targets })?.minReplicas).toBe(minReplicas);
  expect(floorOf(observation)?.minReplicas).toBe(8);
});
