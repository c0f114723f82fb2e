import { expect, test } from 'vitest';
import { applyStatus, type StatusInput } from '../../../src/apply/reports/apply-status.ts';
import { salePlans } from '../../../src/kube/resources/resource-kind.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

const input: StatusInput = {
  kind: salePlans,
  metadata: { name: 'drop', namespace: 'marketplace', uid: 'u1', resourceVersion: '7' },
  before: undefined,
  after: { observedGeneration: 1 },
  cadenceMs: 60_000,
  now: 0,
  isNews: true,
  isConditional: false,
};

/** A context that records what is sent; the API server gives each write the next version. */
function recording() {
  const sent: unknown[] = [];
  const context = scriptedContext(({ body }) => {
    sent.push(body);
    return { metadata: { resourceVersion: String(100 + sent.length) } };
  });
  return { sent, context };
}

test.each([
  [true, { uid: 'u1', resourceVersion: '7' }],
  [false, { uid: 'u1' }],
])('where it is conditional (%s), it is written under %j', async (isConditional, metadata) => {
  const { sent, context } = recording();
  expect(await applyStatus(context, { ...input, isConditional })).toMatchObject({ outcome: 'Written' });
  expect(sent).toEqual([{ metadata, status: { observedGeneration: 1 } }]);
});

test('a status read before our own last write is never written over it', async () => {
  const { sent, context } = recording();
  await applyStatus(context, input);
  const older = { ...input, after: { observedGeneration: 2 } };
  expect(await applyStatus(context, older)).toMatchObject({ outcome: 'Unchanged' });
  expect(sent).toHaveLength(1);
  const newer = { ...older, metadata: { ...input.metadata, resourceVersion: '101' } };
  expect(await applyStatus(context, newer)).toMatchObject({ outcome: 'Written' });
});
