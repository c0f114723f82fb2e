import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cachedCredentials, type Identity } from '../../../src/kube/http/credentials.ts';
import { inCluster } from '../../../src/kube/http/in-cluster.ts';
import type { Timing } from '../../../src/kube/timing.ts';
import { VirtualTime } from '../virtual-time.ts';

const identity = (token: string): Identity => ({ headers: { Authorization: `Bearer ${token}` }, tls: {} });

describe('cached credentials', () => {
  /** Credentials whose n-th reading answers as the n-th answer says, the last for ever. */
  function readings(...answers: readonly (string | Error)[]) {
    const time = new VirtualTime();
    const asked: boolean[] = [];
    const load = async (fresh: boolean) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'none';
      asked.push(fresh);
      if (answer instanceof Error) throw answer;
      return identity(answer);
    };
    const timing: Timing = time.machine();
    return { credentials: cachedCredentials({ server: 'https://x', namespace: 'a', load, timing }), time, asked };
  }

  test('are read once for many calls, and again after 30 s', async () => {
    const { credentials, time, asked } = readings('one', 'two');
    await Promise.all([credentials.current(), credentials.current()]);
    await time.advance(29_999);
    expect(await credentials.current()).toEqual(identity('one'));
    await time.advance(1);
    expect(await credentials.current()).toEqual(identity('two'));
    expect(asked).toEqual([false, false]);
  });

  test('keep the last good identity while they cannot be read, and try again soon', async () => {
    const { credentials, time, asked } = readings('one', new Error('ENOENT'), 'two');
    await credentials.current();
    await time.advance(30_000);
    expect(await credentials.current()).toEqual(identity('one'));
    expect(await credentials.current()).toEqual(identity('one'));
    expect(asked).toHaveLength(2);
    await time.advance(5_000);
    expect(await credentials.current()).toEqual(identity('two'));
  });

  test('that were never read are an error with its cause', async () => {
    const { credentials } = readings(new Error('token: no such file'));
    await expect(credentials.current()).rejects.toMatchObject({
      code: 'CREDENTIALS',
      sent: false,
      message: 'cannot read the credentials: token: no such file',
    });
  });

  test('are refreshed once for many calls that were refused with the same identity', async () => {
    const { credentials, asked } = readings('one', 'two');
    const used = await credentials.current();
    const refreshed = await Promise.all([credentials.refresh(used), credentials.refresh(used)]);
    expect(refreshed).toEqual([identity('two'), identity('two')]);
    expect(await credentials.refresh(used)).toEqual(identity('two'));
    expect(asked).toEqual([false, true]);
  });

  test('that hang are given up', async () => {
    const load = () => new Promise<Identity>(() => {});
    const credentials = cachedCredentials({ server: 'https://x', namespace: 'a', load, loadMs: 20 });
    await expect(credentials.current()).rejects.toThrow('not read within 20 ms');
  });
});

describe('in a pod', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'headstart-pod-'));
    for (const [file, text] of Object.entries({ token: 'one\n', 'ca.crt': 'CA\n', namespace: 'shop\n' }))
      write(file, text);
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
  const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };

  test('two variables and three files say who and where we are', async () => {
    const credentials = await inCluster({ root, env });
    expect(credentials).toMatchObject({ server: 'https://10.0.0.1:443', namespace: 'shop' });
    expect(await credentials.current()).toEqual({ headers: { Authorization: 'Bearer one' }, tls: { ca: 'CA' } });
  });

  test('an IPv6 address is put in brackets', async () => {
    const credentials = await inCluster({ root, env: { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' } });
    expect(credentials.server).toBe('https://[fd00::1]:443');
  });

  test('a rotated token is used after a refresh, an unreadable one keeps the last', async () => {
    const credentials = await inCluster({ root, env });
    const used = await credentials.current();
    write('token', 'two\n');
    const second = await credentials.refresh(used);
    expect(second.headers).toEqual({ Authorization: 'Bearer two' });
    write('token', '');
    expect(await credentials.refresh(second)).toBe(second);
    rmSync(path.join(root, 'token'));
    expect(await credentials.refresh(second)).toBe(second);
  });

  test('elsewhere it says so', async () => {
    await expect(inCluster({ root, env: {} })).rejects.toThrow('not in a pod: KUBERNETES_SERVICE_HOST');
  });
});
