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

test('a sale is current from its horizon to its end', () => {
  const observation = observationWith({}, 90);
  const [occurrence] = acceptNamespace(observation).occurrences;
  if (occurrence === undefined) throw new Error('the sale was not accepted');
  const horizon = currentHorizonMs(observation);
  const { start, end } = occurrence;
  const instants = [start - horizon - 1, start - horizon, start, end - 1, end];
  expect(instants.map(now => isCurrent(occurrence, now, horizon))).toEqual([false, true, true, true, false]);
});
