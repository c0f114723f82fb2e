import { describe, expect, test } from 'vitest';
import { openPage } from '../../support/web/open-page.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

const source = pageSourceOf({ now: '2026-11-27T12:00:00Z', targets: { gateway: { forecast: 100 } } });
const from = ['127.0.0.0/8'];

/** Gets the calendar behind a proxy, and the groups that the cluster was asked with. */
async function visit(proxy: { readonly groupsHeader?: string }, headers: Record<string, string>) {
  const page = await openPage(
    source,
    {},
    { address: ':0', settings: { proxy: { userHeader: 'x-forwarded-user', from, ...proxy } } },
  );
  const { body } = await page.server.inject({ url: '/', headers });
  await page.close();
  const [asked] = page.calls.map(call => call.body as { readonly spec: { readonly groups: readonly string[] } });
  return { body, groups: asked?.spec.groups };
}

describe('behind an authenticating proxy', () => {
  const headers = { 'x-forwarded-user': 'anna', 'x-forwarded-groups': 'sre, system:masters' };

  test('no group counts that the proxy is not said to state', async () => {
    expect((await visit({}, headers)).groups).toEqual(['system:authenticated']);
  });

  test('groups of its header count, and none of the cluster’s own', async () => {
    const { groups } = await visit({ groupsHeader: 'x-forwarded-groups' }, headers);
    expect(groups).toEqual(['sre', 'system:authenticated']);
  });

  test('the viewer is named, and offered no log-out that is not there', async () => {
    const { body } = await visit({}, headers);
    expect(body).toContain('<span>anna</span>');
    expect(body).not.toContain('/logout');
  });

  test('each user has an allowance of their own, which no request from elsewhere can use up', async () => {
    const proxy = { userHeader: 'x-forwarded-user', from };
    const page = await openPage(source, {}, { address: ':0', settings: { proxy } });
    const left = async (user: string, remoteAddress: string) =>
      Number(
        (await page.server.inject({ url: '/', remoteAddress, headers: { 'x-forwarded-user': user } })).headers[
          'x-ratelimit-remaining'
        ],
      );
    const seen = [
      await left('anna', '127.0.0.1'),
      await left('anna', '127.0.0.1'),
      await left('ben', '127.0.0.1'),
      await left('ben', '10.0.0.1'),
      await left('carl', '10.0.0.1'),
    ];
    await page.close();
    expect(seen).toEqual([1199, 1198, 1199, 1199, 1198]);
  });
});
