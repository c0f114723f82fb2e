import { expect, test } from 'vitest';
import { curveOf } from '../../src/plan/demand/curve.ts';
import { ordinarySteps } from '../../src/plan/ordinary-steps.ts';
import { observationOf } from '../support/shop/planned-namespace.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const point = Array.from({ length: 60 }, () => 100);
const curve = curveOf({
  start: now,
  stepSeconds: 60,
  model: 'made-up',
  point,
  quantiles: [{ level: 0.95, values: point }],
});

/** The steps from now on that must be served, when scale-ups by 6 took so many seconds; 10 requests/s a replica. */
function stepsAhead(seconds: readonly number[]): { readonly from: number; readonly to: number } {
  const scaleUps = seconds.map((took, day) => ({
    at: `2026-11-${String(10 + day)}T12:00:00Z`,
    workload: 'gateway',
    added: 6,
    seconds: took,
  }));
  const { targets } = observationOf({
    now: '2026-11-27T12:00:00Z',
    targets: {
      gateway: {
        spec: { ordinaryPeaks: true, leadTimeSeconds: 90 },
        leadTimeSeconds: 90,
        ...(scaleUps.length === 0 ? {} : { status: { scaleUps } }),
      },
    },
  });
  const [observed] = targets;
  if (observed === undefined) return expect.unreachable();
  return ordinarySteps(observed, curve, { now, tickSeconds: 15, level: 0.95 });
}

test('without scale-ups an ordinary peak is raised the stated lead time and a tick ahead', () => {
  expect(stepsAhead([])).toEqual({ from: 0, to: 2 });
});

test('with scale-ups that took longer it is raised as long ahead as those took', () => {
  const { from, to } = stepsAhead([600, 620, 590, 610, 605, 615, 600, 610]);
  expect(from).toBe(0);
  expect(to).toBeGreaterThanOrEqual(11);
  expect(to).toBeLessThan(30);
});
