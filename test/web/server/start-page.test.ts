import { afterAll, describe, expect, test } from 'vitest';
import { sessionCookie } from '../../../src/web/access/identify.ts';
import { createSessions } from '../../../src/web/access/session.ts';
import { cookieKeyFile, logIn, openPage, readForm, sendForm } from '../../support/web/open-page.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

const given = {
  now: '2026-11-27T12:00:00Z',
  policy: { approval: { abovePeakPercent: 300 } },
  sales: [
    { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
  ],
  targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
};
const source = pageSourceOf(given);
const [namespace = ''] = source.namespaces();
const salePlan = 'drop-20261127-1900';
const users = { 'token-of-anna': 'anna', 'token-of-ben': 'ben' };
const page = await openPage(
  source,
  { users, may: user => user === 'anna' },
  { address: ':0', settings: { cookieKeyFile: cookieKeyFile() } },
);
const anna = await logIn(page, 'token-of-anna');
const ben = await logIn(page, 'token-of-ben');
afterAll(() => page.close());

const paths = [
  '/',
  '/services',
  '/operator',
  `/sales/${namespace}/drop`,
  `/services/${namespace}/gateway`,
  `/reports/${namespace}/drop`,
  `/reports/${namespace}/drop.json`,
  `/reports/${namespace}/drop.md`,
  `/reports/${namespace}/drop.html`,
  '/api/v1/calendar',
  '/api/v1/services',
  '/api/v1/operator',
  `/api/v1/sales/${namespace}/drop`,
  `/api/v1/services/${namespace}/gateway`,
];
const ofNamespace = paths.filter(path => path.includes(`/${namespace}/`));
const sealed = createSessions(Buffer.alloc(32, 7));
const ownCookie = sessionCookie({ isSecure: true });

describe.each(paths)('%s', path => {
  const refused = path.startsWith('/api/') ? 401 : 303;

  test.each<[string, () => Promise<Record<string, string>> | Record<string, string>]>([
    ['nothing', () => ({})],
    ['garbage', () => ({ [ownCookie]: 'garbage' })],
    [
      'a cookie of another key',
      async () => ({ [ownCookie]: await createSessions(Buffer.alloc(32, 8)).seal('token-of-anna', source.now()) }),
    ],
    [
      'a cookie that has expired',
      async () => ({ [ownCookie]: await sealed.seal('token-of-anna', source.now() - 9 * 3_600_000) }),
    ],
    [
      'a token that the cluster knows no longer',
      async () => ({ [ownCookie]: await sealed.seal('token-of-carl', source.now()) }),
    ],
  ])('answers nobody who brings %s', async (_, cookies) => {
    const { statusCode, body } = await page.server.inject({ url: path, cookies: await cookies() });
    expect(statusCode).toBe(refused);
    expect(body).not.toContain('gateway');
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('takes no %s', async method => {
    const { statusCode } = await page.server.inject({
      method,
      url: path,
      cookies: { ...anna },
    });
    expect(statusCode).toBe(404);
  });
});

test.each(ofNamespace)('%s is not there for somebody who may not list its namespace', async url => {
  const { statusCode, body } = await page.server.inject({ url, cookies: { ...ben } });
  expect(statusCode).toBe(404);
  expect(body).not.toMatch(/Raised from|capacityPerReplica/);
});

test('lists show nothing of a namespace that the viewer may not list', async () => {
  const cookies = { ...ben };
  const { body } = await page.server.inject({ url: '/api/v1/calendar', cookies });
  expect(JSON.parse(body)).toMatchObject({ sales: [], weeks: [] });
  const listed = await page.server.inject({ url: '/api/v1/services', cookies });
  expect(JSON.parse(listed.body)).toMatchObject({ services: [] });
});

test('who logs in sees what the cluster lets them, and no token in any answer', async () => {
  const cookies = { ...anna };
  for (const url of paths) {
    const { statusCode, body, headers } = await page.server.inject({ url, cookies });
    expect([200, 404], url).toContain(statusCode);
    expect(body + JSON.stringify(headers)).not.toMatch(/token-of/);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
  expect((await page.server.inject({ url: `/sales/${namespace}/drop`, cookies })).body).toContain('Raised from');
});

test('the cookie is for this site, over TLS and out of the reach of scripts', async () => {
  const { csrf, cookies } = await readForm(page, '/login');
  const { headers, statusCode } = await sendForm(page, '/login', {
    fields: { _csrf: csrf, token: 'token-of-anna', next: '//evil.example' },
    cookies,
  });
  expect(statusCode).toBe(303);
  expect(headers.location).toBe('/');
  expect(String(headers['set-cookie'])).toMatch(
    /^__Host-headstart-session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict/,
  );
});

test.each(['/login', '/logout', '/approve'])('%s takes no form of another site', async url => {
  const cookies = anna;
  const { statusCode } = await sendForm(page, url, {
    fields: { token: 'token-of-anna', namespace, salePlan, revision: '1' },
    cookies,
  });
  expect(statusCode).toBe(403);
});

test('logging in is tried at most twenty times a minute from one address', async () => {
  const own = await openPage(source, { users }, { address: ':0', settings: { cookieKeyFile: cookieKeyFile() } });
  const answers = [];
  for (let tries = 0; tries < 21; tries++)
    answers.push((await sendForm(own, '/login', { fields: {}, cookies: {} })).statusCode);
  await own.close();
  expect(answers.slice(0, 20)).toEqual(new Array(20).fill(403));
  expect(answers.at(-1)).toBe(429);
});

test('a wrong token is told, with the form again', async () => {
  const { csrf, cookies } = await readForm(page, '/login');
  const { statusCode, body } = await sendForm(page, '/login', {
    fields: { _csrf: csrf, token: 'nobody', next: '/' },
    cookies,
  });
  expect(statusCode).toBe(401);
  expect(body).toContain('The cluster does not know this token');
});

describe('on loopback, without a login', () => {
  test.each([
    ['127.0.0.1:4000', 200],
    ['localhost', 200],
    ['[::1]:4000', 200],
    ['evil.example', 401],
  ])('a request to %s is answered with %d', async (host, status) => {
    const open = await openPage(source);
    const { statusCode } = await open.server.inject({ url: '/', headers: { host } });
    await open.close();
    expect(statusCode).toBe(status);
  });
});

describe('behind an authenticating proxy', () => {
  const proxy = { userHeader: 'x-forwarded-user', groupsHeader: 'x-forwarded-groups', from: ['127.0.0.0/8'] };
  test.each<[string, string, Record<string, string>, number]>([
    ['from its address', '127.0.0.1', { 'x-forwarded-user': 'anna' }, 200],
    ['from another address', '10.0.0.1', { 'x-forwarded-user': 'anna' }, 401],
    ['without a name', '127.0.0.1', {}, 401],
    ['with the name of a part of the cluster', '127.0.0.1', { 'x-forwarded-user': 'system:admin' }, 401],
  ])('a request %s', async (_, remoteAddress, headers, status) => {
    const behind = await openPage(source, { may: user => user === 'anna' }, { address: ':0', settings: { proxy } });
    const { statusCode, body } = await behind.server.inject({
      url: `/sales/${namespace}/drop`,
      remoteAddress,
      headers,
    });
    await behind.close();
    expect(statusCode).toBe(status);
    if (status === 200) expect(body).toContain(`kubectl headstart approve ${salePlan} -n ${namespace}`);
  });
});
