import { expect, test } from 'vitest';
import { write } from '../../src/apply/write.ts';
import { WritePace } from '../../src/apply/write-pace.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { NotLeadingError } from '../../src/kube/leases/elector.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const about = { kind: 'ScalingTarget', name: 'checkout', message: 'written' } as const;

test('raises, marks, SalePlans and statuses do not wait for each other', async () => {
  const taken: string[] = [];
  const paceNamed = (name: string) =>
    Object.assign(new WritePace(1, { monotonicMs: () => 0, sleep: async () => {} }), {
      take: async () => void taken.push(name),
    });
  const pace = { bounds: paceNamed('bounds'), salePlans: paceNamed('plans'), statuses: paceNamed('statuses') };
  const context = { ...scriptedContext(() => ({})), pace };
  for (const part of ['Bounds', 'Scale', 'Finalizer', 'Status', 'Object'] as const)
    await write(context, { ...about, part, send: async () => ({}) });
  for (const part of ['Object', 'Status'] as const)
    await write(context, { ...about, kind: 'SalePlan', part, send: async () => ({}) });
  expect(taken).toEqual(['bounds', 'bounds', 'statuses', 'statuses', 'plans', 'plans']);
});

test('a dry run sends nothing and says what it would have written', async () => {
  let sent = 0;
  const context = { ...scriptedContext(() => ({})), dryRun: true };
  const written = await write(context, { ...about, part: 'Bounds', send: async () => ({ sent: ++sent }) });
  expect(written).toMatchObject({ outcome: 'Written', message: 'written' });
  expect(sent).toBe(0);
});

test.each([
  [new NotLeadingError('a'), 'NotLeading'],
  [new ApiError(404, {}, 'PATCH'), 'Gone'],
  [new ApiError(409, {}, 'PATCH'), 'Conflict'],
  [new ApiError(403, {}, 'PATCH'), 'Refused'],
  [new ApiError(422, {}, 'PATCH'), 'Refused'],
  [new ApiError(503, {}, 'PATCH'), 'Failed'],
  [new Error('no route'), 'Failed'],
])('%s is %s', async (error, outcome) => {
  const send = async () => {
    throw error;
  };
  expect(
    await write(
      scriptedContext(() => ({})),
      { ...about, part: 'Bounds', send },
    ),
  ).toMatchObject({ outcome });
});
