import { afterAll, describe, expect, test } from 'vitest';
import { TransportError } from '../../../src/kube/api-error.ts';
import type { ApiCall } from '../../../src/kube/http/transport.ts';
import { cookieKeyFile, logIn, openPage, readForm, sendForm } from '../../support/web/open-page.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

const source = pageSourceOf({
  now: '2026-11-27T12:00:00Z',
  policy: { approval: { abovePeakPercent: 300 } },
  sales: [
    { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
  ],
  targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
});
const [namespace = ''] = source.namespaces();
const salePlan = 'drop-20261127-1900';
const url = `/sales/${namespace}/${salePlan}`;

let isAway = false;

/** The objects that the approval reads and writes. */
function answer({ method, path }: ApiCall): object {
  if (isAway) throw new TransportError('ECONNREFUSED', false, 'connect ECONNREFUSED 10.1.2.3:6443');
  if (path.endsWith('/selfsubjectreviews')) return { status: { userInfo: { username: 'anna' } } };
  const objects = source.read(namespace);
  const [sale] = objects.sales.flatMap(one => ('value' in one ? [one.value] : []));
  const plans = objects.salePlans.flatMap(one => ('value' in one ? [one.value] : []));
  if (path.includes('/flashsales/')) return wire(sale);
  return method === 'PATCH' ? wire(plans[0]) : { metadata: { resourceVersion: '1' }, items: plans.map(wire) };
}

/** An object as the API server sends it: instants, percentages and quantities as they are stored. */
function wire(object: unknown): object {
  return JSON.parse(JSON.stringify(object));
}

const page = await openPage(
  source,
  { users: { anna: 'anna', ben: 'ben' }, may: (user, { verb }) => user === 'anna' || verb !== 'approve', answer },
  { address: ':0', settings: { cookieKeyFile: cookieKeyFile() } },
);
const [anna, ben] = [await logIn(page, 'anna'), await logIn(page, 'ben')];
afterAll(() => page.close());

test('a token that no cookie has room for is refused with a sentence, and not forgotten by the browser', async () => {
  const token = 'x'.repeat(3_500);
  const own = await openPage(
    source,
    { users: { [token]: 'anna' } },
    { address: ':0', settings: { cookieKeyFile: cookieKeyFile() } },
  );
  const { csrf, cookies } = await readForm(own, '/login');
  const { statusCode, body, headers } = await sendForm(own, '/login', { fields: { _csrf: csrf, token }, cookies });
  await own.close();
  expect(statusCode).toBe(400);
  expect(body).toMatch(/This token has 3500 characters, and a cookie has room for about 29\d\d/);
  expect(String(headers['set-cookie'])).not.toContain('headstart-session');
});

test('the secret of the forms is in a cookie that no neighbouring host can set', async () => {
  const { headers } = await page.server.inject({ url: '/login' });
  const set = String(headers['set-cookie']);
  expect(set).toMatch(/^__Host-headstart-csrf=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

describe('a plan that waits for approval', () => {
  test('is shown with what an approval raises, and approved with the viewer’s own rights', async () => {
    const { body, csrf, cookies } = await readForm(page, url, anna);
    expect(body).toMatch(/Waits for approval[\s\S]*gateway[\s\S]*Approve revision 1/);
    const fields = { _csrf: csrf, namespace, salePlan, revision: '1' };
    const { statusCode, headers } = await sendForm(page, '/approve', { fields, cookies });
    expect(statusCode).toBe(303);
    expect(headers.location).toBe(url);
    const written = page.calls.filter(({ method }) => method === 'PATCH');
    expect(written).toMatchObject([
      { path: expect.stringContaining(`/saleplans/${salePlan}`), body: { spec: { approval: { approvedBy: 'anna' } } } },
    ]);
  });

  test('is not approved in a revision that nobody saw', async () => {
    const { csrf, cookies } = await readForm(page, url, anna);
    const fields = { _csrf: csrf, namespace, salePlan, revision: '7' };
    const { statusCode, body } = await sendForm(page, '/approve', { fields, cookies });
    expect(statusCode).toBe(409);
    expect(body).toContain('revision 1 has taken the place of 7');
  });

  test('is not said to be refused while the API server is away, and no server is named', async () => {
    const { csrf, cookies } = await readForm(page, url, anna);
    isAway = true;
    const fields = { _csrf: csrf, namespace, salePlan, revision: '1' };
    const { statusCode, body } = await sendForm(page, '/approve', { fields, cookies });
    isAway = false;
    expect(statusCode).toBe(503);
    expect(body).toContain('The API server does not answer');
    expect(body).not.toContain('10.1.2.3');
  });

  test('shows the command to somebody who may look and not approve', async () => {
    const { body } = await readForm(page, url, ben);
    expect(body).toContain(`kubectl headstart approve ${salePlan} -n ${namespace}`);
    expect(body).not.toContain('Approve revision');
  });
});
