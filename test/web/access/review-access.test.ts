import { expect, test } from 'vitest';
import { createAccessReviews } from '../../../src/web/access/review-access.ts';
import type { KnownViewer } from '../../../src/web/access/viewer.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

test('an answer about a whole token is not kept for a narrower token of the same user', async () => {
  const { connection } = scriptedContext(({ body }) => {
    const { spec } = body as { readonly spec: { readonly extra: Readonly<Record<string, readonly string[]>> } };
    return { status: { allowed: spec.extra['scopes.example.com']?.includes('full') ?? false } };
  });
  const reviews = createAccessReviews(connection, { monotonicMs: () => 0 });
  const anna = (scope: string): KnownViewer => ({
    kind: 'Token',
    user: 'anna',
    groups: [],
    uid: '1',
    extra: { 'scopes.example.com': [scope] },
  });
  const access = { verb: 'list', resource: 'flashsales', namespace: 'shop' } as const;
  expect(await reviews.may(anna('full'), access)).toBe(true);
  expect(await reviews.may(anna('user:info'), access)).toBe(false);
});
