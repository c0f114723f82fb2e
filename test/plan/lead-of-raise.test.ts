import { expect, test } from 'vitest';
import { currentHorizonMs } from '../../src/plan/accept/current-sales.ts';
import { leadOfRaise } from '../../src/plan/lead-of-raise.ts';
import { observationOf } from '../support/shop/planned-namespace.ts';

/** A target whose small scale-ups found room, and whose large ones waited for nodes. */
const observationWith = (scaleUps: readonly object[]) =>
  observationOf({
    now: '2026-11-27T12:00:00Z',
    targets: { gateway: { forecast: 30, spec: { leadTimeSeconds: 90, warmUpSeconds: 10 }, status: { scaleUps } } },
  });
const mixed = Array.from({ length: 16 }, (_, index) => ({
  at: `2026-11-${10 + index}T18:00:00Z`,
  workload: 'gateway',
  added: index % 2 === 0 ? 4 : 40,
  seconds: (index % 2 === 0 ? 38 : 200) + (index % 3),
  neededNodes: index % 2 === 1,
}));
const lead = (scaleUps: readonly object[], pods: number) => {
  const [gateway] = observationWith(scaleUps).targets;
  if (gateway === undefined) throw new Error('there is no gateway');
  return leadOfRaise(gateway, pods);
};

test('the lead time of a raise is that of raises of its size, with the warm-up', () => {
  expect(lead(mixed, 4)).toBeLessThan(100);
  expect(lead(mixed, 40)).toBeGreaterThan(210);
});

test('it is what is stated, with the warm-up, without a scale-up and where no pod is started', () => {
  expect(lead([], 40)).toBe(100);
  expect(lead(mixed, 0)).toBe(observationWith(mixed).targets[0]?.leadTime.seconds);
});

test('a sale is current early enough for the largest raise that the target allows', () => {
  const small = Array.from({ length: 8 }, (_, index) => ({ ...mixed[0], at: `2026-11-${10 + index}T18:00:00Z` }));
  const horizon = (scaleUps: readonly object[]) => currentHorizonMs(observationWith(scaleUps));
  expect(horizon(small)).toBe(horizon([]));
  expect(horizon(mixed)).toBeGreaterThan(horizon([]) + 100_000);
});

test('an estimate that was made does not hold for another stated time, another workload or another raise', () => {
  const [gateway] = observationWith(mixed).targets;
  if (gateway === undefined) throw new Error('there is no gateway');
  const before = leadOfRaise(gateway, 400);
  const withSpec = (spec: object) =>
    ({ ...gateway, target: { ...gateway.target, spec: { ...gateway.target.spec, ...spec } } }) as typeof gateway;
  expect(leadOfRaise(withSpec({ leadTimeSeconds: 900 }), 400)).toBe(910);
  expect(leadOfRaise(withSpec({ workloadRef: { ...gateway.target.spec.workloadRef, name: 'other' } }), 400)).toBe(
    gateway.leadTime.seconds,
  );
  expect(leadOfRaise(gateway, 4)).toBeLessThan(before);
  expect(leadOfRaise(gateway, 400)).toBe(before);
});
