import { afterAll, expect, test } from 'vitest';
import { openPage } from '../../support/web/open-page.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

const page = await openPage(pageSourceOf({ now: '2026-11-27T12:00:00Z', targets: { gateway: { forecast: 100 } } }));
afterAll(() => page.close());

test.each<[string, (tag: string) => string, number]>([
  ['the tag of what it has', tag => tag, 304],
  ['the tag as a proxy that compresses has weakened it', tag => `W/${tag}`, 304],
  ['several tags', tag => `"other", ${tag}`, 304],
  ['another tag', () => '"other"', 200],
])('a caller that brings %s', async (_, bring, status) => {
  const headers = { host: 'localhost' };
  const first = await page.server.inject({ url: '/api/v1/services', headers });
  const again = await page.server.inject({
    url: '/api/v1/services',
    headers: { ...headers, 'if-none-match': bring(String(first.headers.etag)) },
  });
  expect(first.statusCode).toBe(200);
  expect(again.statusCode).toBe(status);
});
