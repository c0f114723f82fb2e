import { expect, test } from 'vitest';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { currentHorizonMs, isCurrent } from '../../../src/plan/accept/current-sales.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const observationWith = (policy: Readonly<Record<string, unknown>>, leadTimeSeconds: number) =>
  observationOf({
    now: '2026-11-27T12:00:00Z',
    policy,
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: { gateway: { forecast: 30, leadTimeSeconds, spec: { entryPoint: true } } },
  });

test('a sale is current before its earliest prescale time, whatever readyBeforeSeconds and lead time are', () => {
  const usual = currentHorizonMs(observationWith({}, 90));
  expect(currentHorizonMs(observationWith({ readyBeforeSeconds: 86_400 }, 90)) - usual).toBe(86_100_000);
  expect(currentHorizonMs(observationWith({}, 600)) - usual).toBe(510_000);
});

test('the longest wave that the caps allow, with what is raised elsewhere, lies in the horizon', () => {
  const observation = observationWith({}, 90);
  // An hour, 300 s ready before, 90 s lead; 1 raise at 20 a second, 15 s sync of the HPA, 10,000 pods at 20 a second.
  expect(currentHorizonMs(observation)).toBe(3_600_000 + 300_000 + 90_000 + 516_000);
  const elsewhere = [{ start: observation.now, tier: 'Standard', raises: 1, pods: 2000, knownAt: 0 }] as const;
  expect(currentHorizonMs({ ...observation, elsewhere }) - currentHorizonMs(observation)).toBe(100_000);
});

test('a sale is current from its horizon to its end', () => {
  const observation = observationWith({}, 90);
  const [occurrence] = acceptNamespace(observation).occurrences;
  if (occurrence === undefined) throw new Error('the sale was not accepted');
  const horizon = currentHorizonMs(observation);
  const { start, end } = occurrence;
  const instants = [start - horizon - 1, start - horizon, start, end - 1, end];
  expect(instants.map(now => isCurrent(occurrence, now, horizon))).toEqual([false, true, true, true, false]);
});
