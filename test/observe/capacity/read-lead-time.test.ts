import { expect, test } from 'vitest';
import type { ScalingTarget } from '../../../src/api/scaling-target.ts';
import { readLeadTime } from '../../../src/observe/capacity/read-lead-time.ts';
import type { WorkloadObservation } from '../../../src/observe/observation.ts';

const target = (spec: object, status?: object) =>
  ({ spec: { leadTimeSeconds: 90, ...spec }, status }) as unknown as ScalingTarget;
const workload = (minReadySeconds?: number) => ({ minReadySeconds }) as unknown as WorkloadObservation;

test.each([
  ['stated', target({}), workload(), { seconds: 90, source: 'Stated' }],
  ['measured', target({}, { measuredLeadTimeSeconds: 70 }), workload(), { seconds: 70, source: 'Measured' }],
  [
    'with the warm-up',
    target({ warmUpSeconds: 60 }),
    workload(),
    { seconds: 150, source: 'Stated', warmUpSeconds: 60 },
  ],
  [
    'with the warm-up of the workload',
    target({}, { measuredLeadTimeSeconds: 70 }),
    workload(30),
    { seconds: 100, source: 'Measured', warmUpSeconds: 30 },
  ],
  [
    'without a warm-up, whatever the workload says',
    target({ warmUpSeconds: 0 }),
    workload(30),
    { seconds: 90, source: 'Stated' },
  ],
  ['of a workload that is not there', target({}), { missing: 'it is gone' }, { seconds: 90, source: 'Stated' }],
] as const)('the lead time is %s', (_, read, of, expected) => {
  expect(readLeadTime(read, of)).toEqual(expected);
});
