import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { readQuery, startMetricProxy } from './metric-proxy.ts';

const receivedAt = Date.parse('2026-11-27T19:00:00Z');

test.each([
  ['a range in the address', '/api/v1/query_range?query=up&start=10&end=20.5', '', { start: 10_000, end: 20_500 }],
  ['a range in a form', '/api/v1/query_range', 'query=up&start=10&end=20', { start: 10_000, end: 20_000 }],
  ['an instant', '/api/v1/query?query=up&time=2026-11-27T19:00:00Z', '', { end: receivedAt }],
  ['now', '/api/v1/query?query=up', '', {}],
])('writes down %s', (_, target, form, times) => {
  const path = target.replace(/\?.*/, '');
  expect(readQuery(target, form, receivedAt)).toEqual({ path, query: 'up', receivedAt, ...times });
});

test('passes questions on, refuses them while shut, and opens on the same port', async () => {
  const upstream = createServer((_, outgoing) => outgoing.end('an answer'));
  await new Promise<void>(resolve => upstream.listen(0, '127.0.0.1', resolve));
  const address = upstream.address();
  const proxy = await startMetricProxy(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  const ask = async () =>
    (await fetch(`${proxy.url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query: 'up' }) })).text();

  expect(await ask()).toBe('an answer');
  await proxy.shut();
  await expect(ask()).rejects.toThrow('fetch failed');
  await proxy.open();
  expect(await ask()).toBe('an answer');
  expect(proxy.queries).toHaveLength(2);

  await proxy.shut();
  await new Promise(resolve => upstream.close(resolve));
});
