import { expect, test } from 'vitest';
import type { ScalingTarget } from '../../../src/api/scaling-target.ts';
import { readLeadTime } from '../../../src/observe/capacity/read-lead-time.ts';
import type { WorkloadObservation } from '../../../src/observe/observation.ts';

const target = (spec: object, status?: object) =>
  ({ spec: { leadTimeSeconds: 90, workloadRef: { name: 'cart' }, ...spec }, status }) as unknown as ScalingTarget;
const workload = (minReadySeconds?: number) => ({ minReadySeconds }) as unknown as WorkloadObservation;
const scaleUps = (...seconds: readonly number[]) => ({
  scaleUps: seconds.map((each, index) => ({
    at: `2026-11-2${index}T19:00:00Z`,
    workload: 'cart',
    added: 10,
    seconds: each,
    neededNodes: false,
  })),
});
const quick = scaleUps(40, 42, 41, 40, 42, 41);

test.each([
  ['stated', target({}), workload(), { seconds: 90, source: 'Stated' }],
  [
    'with the warm-up',
    target({ warmUpSeconds: 60 }),
    workload(),
    { seconds: 150, source: 'Stated', warmUpSeconds: 60 },
  ],
  [
    'without a warm-up, whatever the workload says',
    target({ warmUpSeconds: 0 }),
    workload(30),
    { seconds: 90, source: 'Stated' },
  ],
  ['of a workload that is not there', target({}), { missing: 'it is gone' }, { seconds: 90, source: 'Stated' }],
  [
    'stated, whatever another workload took before',
    target({ workloadRef: { name: 'basket' } }, quick),
    workload(),
    { seconds: 90, source: 'Stated' },
  ],
  [
    'stated, whatever a status without scale-ups says',
    target({}, { measuredLeadTimeSeconds: 10 }),
    workload(),
    { seconds: 90, source: 'Stated' },
  ],
] as const)('the lead time is %s', (_, read, of, expected) => {
  expect(readLeadTime(read, of)).toEqual(expected);
});

test('the lead time is measured, with the warm-up of the workload', () => {
  const { seconds, source, warmUpSeconds } = readLeadTime(target({}, quick), workload(30));
  expect({ source, warmUpSeconds }).toEqual({ source: 'Measured', warmUpSeconds: 30 });
  expect(seconds).toBeGreaterThan(42 + 30);
  expect(seconds).toBeLessThan(90 + 30);
});
