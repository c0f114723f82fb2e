import { describe, expect, test } from 'vitest';
import { replanTarget } from '../../../src/plan/replan-target.ts';
import { floorsOf } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

describe('one target planned anew', () => {
  test('takes nothing of a shared limit that was granted to others', () => {
    const sale = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
    const uses = [{ limit: 'postgres', perReplica: 10 }];
    const given: Given = {
      now: '2026-11-27T18:59:00Z',
      policy: { limits: [{ name: 'postgres', total: 600 }] },
      sales: [{ ...sale, name: 'drop', entryPoints: ['gateway', 'storefront'] }],
      targets: {
        gateway: { forecast: 100, adds: { drop: 0 }, spec: { uses } },
        storefront: { forecast: 500, adds: { drop: 0 }, spec: { uses } },
      },
    };
    const observation = observationOf(given);
    const floors = floorsOf(observation, forecastsOf(given, observation));
    const granted = (of: typeof floors) => of.desiredFloors.map(({ name, replicas = 0 }) => [name, replicas] as const);
    const before = granted(floors);
    expect(before.reduce((sum, [, replicas]) => sum + replicas, 0)).toBe(60);

    const [gateway] = observation.targets;
    if (gateway === undefined) throw new Error('no target');
    const live = gateway.autoscalers.map(hpa => ({ ...hpa, floor: 70, floorMax: 105 }));
    const { plan, floors: after } = replanTarget(floors, { ...gateway, autoscalers: live });
    expect(granted(after)).toEqual(before);
    expect(plan.because.find(({ rule }) => rule === 'sharedLimit')?.message).toBe(
      `limit postgres of 600 leaves ${before[0]?.[1]} of 70 replicas`,
    );
  });
});
