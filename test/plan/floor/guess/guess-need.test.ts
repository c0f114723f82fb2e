import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../../../src/api/instant.ts';
import type { Observation } from '../../../../src/observe/observation.ts';
import { revisePlan } from '../../../../src/plan/revise-plan.ts';
import { applyPlanned } from '../../../support/shop/apply-planned.ts';
import { planObservation } from '../../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, type GivenTarget, observationOf } from '../../../support/shop/planned-namespace.ts';

const prescaled = '2026-11-27T18:59:30Z';
const gone = { missing: 'prometheus answered with HTML' };
const drop = { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };

/** A baseline of 4..20, 10 requests/s per replica, and no forecast. */
function given(target: GivenTarget, sale: object = { expectedPeakPercent: 500 }, others: Given['sales'] = []): Given {
  const gateway = { spec: { entryPoint: true }, demand: gone, forecast: gone, ...target };
  return { now: prescaled, sales: [{ ...drop, ...sale }, ...others], targets: { gateway } };
}

function planIn(one: Given, salePlans?: Observation['salePlans']) {
  const observation = { ...observationOf(one), ...(salePlans === undefined ? {} : { salePlans }) };
  return { observation, plan: planObservation(observation, forecastsOf(one, observation)) };
}

function minimumIn(one: Given): number | undefined {
  return planIn(one).plan.targets[0]?.bounds.minReplicas;
}

/** Demand of ten minutes that ended when the store went away. */
function lastKnown(level: number, until: string): NonNullable<GivenTarget['demand']> {
  const start = parseInstant(until) - 600_000;
  return { recent: { start, stepSeconds: 60, values: new Array<number>(10).fill(level) }, ageSeconds: 4000 };
}

const running = (currentReplicas: number) => ({ minReplicas: 4, maxReplicas: 40, currentReplicas });
const earlier = { name: 'early', startTime: '2026-11-27T16:00:00Z', endTime: '2026-11-27T18:45:00Z', cancelled: false };

describe('without a forecast a floor is guessed from', () => {
  test.each<[string, Given, number]>([
    ['the baseline where nothing else is known', given({}), 20],
    ['the replicas that run for ordinary load', given({ hpa: running(12) }), 60],
    ['the last known demand', given({ demand: lastKnown(110, '2026-11-27T18:00:00Z') }), 55],
    ['the higher of both', given({ hpa: running(12), demand: lastKnown(110, '2026-11-27T18:00:00Z') }), 60],
    ['what runs, where no peak is stated', given({ hpa: running(12) }, {}), 12],
    [
      'the baseline just after our last write',
      given({ hpa: { ...running(12), writtenAt: parseInstant(prescaled) } }),
      20,
    ],
    [
      'the replicas recorded for its hours, of which one is not recorded',
      given({ status: { ordinaryReplicas: [18, 21].map((hour, index) => ({ hour, replicas: 10 + index })) } }),
      55,
    ],
    ['the baseline just after another sale', given({ hpa: running(12) }, undefined, [earlier]), 20],
  ])('%s', (_, one, expected) => {
    expect(minimumIn(one)).toBe(expected);
  });
});

describe('a guess that stands', () => {
  const first = given({ hpa: running(12) });
  const { plan, observation } = planIn(first);
  const [sale] = plan.sales;
  const recorded = observation.salePlans.map(record => ({
    ...record,
    status: { ...record.status, plan: sale === undefined ? undefined : revisePlan(sale, undefined, plan.now) },
  }));
  const raised = applyPlanned(first, plan);

  test('is recorded as one, and starts no higher one', () => {
    const next = planIn({ ...raised, now: '2026-11-27T19:30:00Z' }, recorded).plan;
    expect(next.targets[0]).toMatchObject({ bounds: { minReplicas: 60 }, floor: 60 });
    expect(next.targets[0]?.because[0]?.message).toContain(
      '60 replicas, the guess recorded in SalePlan drop-20261127-1900',
    );
  });

  test('is no lower once less runs', () => {
    const calm = given({ hpa: running(5) });
    expect(planIn(calm, recorded).plan.targets[0]?.bounds.minReplicas).toBe(60);
  });
});
