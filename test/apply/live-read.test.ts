import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { isLiveTarget } from '../../src/apply/live-read.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { scalingTarget } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const known = parseScalingTarget(scalingTarget({}));
const target = { ...known, metadata: { ...known.metadata, uid: 'u1' } };

test.each([
  ['is there as it was', () => ({ metadata: { name: 'checkout', uid: 'u1' } }), true],
  ['was replaced by another of its name', () => ({ metadata: { name: 'checkout', uid: 'u2' } }), false],
  ['is being deleted', () => ({ metadata: { name: 'checkout', uid: 'u1', deletionTimestamp: 'now' } }), false],
  [
    'is gone',
    () => {
      throw new ApiError(404, {}, 'GET');
    },
    false,
  ],
])('a target of a stale cache that %s is told apart', async (_, answer, isLive) => {
  expect(await isLiveTarget(scriptedContext(answer), target)).toBe(isLive);
});
