import { expect, test } from 'vitest';
import { connect } from '../../../src/kube/connect.ts';
import { type Credentials, cachedCredentials } from '../../../src/kube/http/credentials.ts';
import { impersonate } from '../../../src/kube/http/impersonate.ts';

const tokens = (): Credentials => {
  let count = 0;
  return cachedCredentials({
    server: 'http://127.0.0.1:1',
    namespace: 'shop',
    load: async () => {
      count += 1;
      return { headers: { authorization: `Bearer ${count}`, 'Impersonate-Uid': '7' }, tls: {} };
    },
  });
};

test('every call is made in the place of the user, and of nobody whom the kubeconfig names', async () => {
  const { headers } = await impersonate(tokens(), 'jane', ['sre', 'shop']).current();
  expect(headers).toEqual({
    authorization: 'Bearer 1',
    'Impersonate-User': 'jane',
    'Impersonate-Group': ['sre', 'shop'],
  });
});

test('a refused identity is read again once, and stays the same object while it does not change', async () => {
  const credentials = impersonate(tokens(), 'jane', []);
  const first = await credentials.current();
  expect(await credentials.current()).toBe(first);
  const second = await credentials.refresh(first);
  expect(second.headers).toMatchObject({ authorization: 'Bearer 2', 'Impersonate-User': 'jane' });
  expect(await credentials.refresh(first)).toBe(second);
});

test('groups without a user are refused', async () => {
  await expect(connect({ server: 'http://127.0.0.1:1', asGroups: ['sre'] })).rejects.toThrow('--as-group needs --as');
});
