import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { connect } from '../../../src/kube/connect.ts';
import { openTransport } from '../../../src/kube/http/http-transport.ts';
import { inCluster } from '../../../src/kube/http/in-cluster.ts';
import { fromKubeConfig } from '../../../src/kube/http/kube-config.ts';

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, 'tls', `${name}.pem`), 'utf8');
const base64 = (text: string) => Buffer.from(text).toString('base64');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headstart-kubeconfig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a kubeconfig with one context and gives its path. */
function kubeconfig(user: object, cluster: object = {}, context = 'here'): string {
  const file = path.join(folder, `${context}.yaml`);
  const document = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: context, user: context, namespace: `ns-${context}` } }],
    clusters: [{ name: context, cluster: { server: 'https://10.0.0.1:6443', ...cluster } }],
    users: [{ name: context, user }],
  };
  writeFileSync(file, stringify(document));
  return file;
}

/** A plug-in that prints a token counting its runs in a file. */
function execUser(): object {
  const runs = path.join(folder, 'runs');
  const program = `
    const fs = require('node:fs');
    fs.appendFileSync(${JSON.stringify(runs)}, 'x');
    const token = 'run-' + fs.readFileSync(${JSON.stringify(runs)}, 'utf8').length;
    const expirationTimestamp = new Date(Date.now() + 3600e3).toISOString();
    console.log(JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token, expirationTimestamp } }));`;
  const command = process.execPath;
  const args = ['-e', program];
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' } };
}

describe('a kubeconfig', () => {
  test.each<[string, object, object, object]>([
    ['a token', { token: 'secret' }, {}, { headers: { Authorization: 'Bearer secret' }, tls: {} }],
    [
      'a certificate and a CA',
      { 'client-certificate-data': base64(pem('first')), 'client-key-data': base64(pem('first-key')) },
      { 'certificate-authority-data': base64(pem('second')), 'tls-server-name': 'api' },
      {
        headers: {},
        tls: {
          ca: Buffer.from(pem('second')),
          cert: Buffer.from(pem('first')),
          key: Buffer.from(pem('first-key')),
          servername: 'api',
        },
      },
    ],
    [
      'a name and a password',
      { username: 'me', password: 'pass' },
      { 'insecure-skip-tls-verify': true },
      { headers: { Authorization: `Basic ${base64('me:pass')}` }, tls: { rejectUnauthorized: false } },
    ],
    [
      'nothing over plain http, whatever it has',
      { token: 'secret' },
      { server: 'http://127.0.0.1:1' },
      { headers: {}, tls: {} },
    ],
  ])('gives %s', async (_, user, cluster, identity) => {
    const credentials = await fromKubeConfig({ files: kubeconfig(user, cluster) });
    expect(credentials.namespace).toBe('ns-here');
    expect(await credentials.current()).toEqual(identity);
  });

  test('runs an exec plug-in once for many calls, and again for a refresh', async () => {
    const credentials = await fromKubeConfig({ files: kubeconfig(execUser()), cache: { maxAgeMs: 0 } });
    const used = await credentials.current();
    expect((await credentials.current()).headers).toEqual({ Authorization: 'Bearer run-1' });
    expect((await credentials.refresh(used)).headers).toEqual({ Authorization: 'Bearer run-2' });
  });

  test('whose plug-in is missing says so', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'no-such-plug-in',
      interactiveMode: 'Never',
    };
    const credentials = await fromKubeConfig({ files: kubeconfig({ exec }) });
    await expect(credentials.current()).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.stringContaining('no-such-plug-in'),
    });
  });

  test('in several files is merged, and the first has the say', async () => {
    const files = [kubeconfig({ token: 'a' }, {}, 'a'), kubeconfig({ token: 'b' }, { server: 'https://b' }, 'b')];
    const list = files.join(path.delimiter);
    expect(await fromKubeConfig({ files: list })).toMatchObject({ namespace: 'ns-a' });
    expect(await fromKubeConfig({ files: list, context: 'b' })).toMatchObject({
      namespace: 'ns-b',
      server: 'https://b',
    });
  });

  test.each<[string, () => Parameters<typeof fromKubeConfig>[0], RegExp]>([
    ['there is no file', () => ({ files: path.join(folder, 'none') }), /^no cluster: .*none not found/],
    ['the context is not there', () => ({ files: kubeconfig({}), context: 'there' }), /no context "there"/],
    [
      'a proxy is asked for',
      () => ({ files: kubeconfig({}, { 'proxy-url': 'http://proxy:3128' }) }),
      /cluster "here" .* has a proxy-url, which is not supported/,
    ],
  ])('is refused when %s', async (_, options, message) => {
    await expect(fromKubeConfig(options())).rejects.toThrow(message);
  });
});

describe('connect', () => {
  const pod = { KUBERNETES_SERVICE_HOST: '10.9.9.9', KUBERNETES_SERVICE_PORT: '443' };
  const file = (context: string) => kubeconfig({ token: 'x' }, { server: `https://${context}` }, context);

  test.each<[string, () => Parameters<typeof connect>[0], string, string]>([
    ['a stated server', () => ({ server: 'http://a', kubeconfig: file('b'), env: pod }), 'http://a', 'default'],
    [
      'a stated kubeconfig',
      () => ({ kubeconfig: file('b'), env: { ...pod, KUBECONFIG: file('c') } }),
      'https://b',
      'ns-b',
    ],
    ['KUBECONFIG', () => ({ env: { ...pod, KUBECONFIG: file('c') } }), 'https://c', 'ns-c'],
    ['the pod', () => ({ env: pod }), 'https://10.9.9.9:443', 'default'],
    ['the pod', () => ({ env: { ...pod, KUBECONFIG: '' } }), 'https://10.9.9.9:443', 'default'],
  ])('takes %s before what comes after it', async (_, options, server, namespace) => {
    const connection = await connect(options());
    expect(connection).toMatchObject({ server, namespace });
    connection.close();
  });

  test('takes a stated namespace before that of the context', async () => {
    const connection = await connect({ kubeconfig: file('b'), namespace: 'mine' });
    expect(connection.namespace).toBe('mine');
    connection.close();
  });
});

describe('over TLS', () => {
  const server = createServer({ key: pem('first-key'), cert: pem('first') }, (request, response) => {
    const known = request.headers.authorization === 'Bearer good';
    response.writeHead(known ? 200 : 401).end(known ? '{}' : '{"kind":"Status","code":401,"reason":"Unauthorized"}');
  });
  const listening = new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('a rotated CA and a rotated token cost no restart and no failed call', async () => {
    await listening;
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    write('token', 'good');
    write('ca.crt', pem('first'));
    const { port } = server.address() as AddressInfo;
    const env = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) };
    const outcomes: string[] = [];
    const transport = openTransport(await inCluster({ root: folder, env }), {
      onAttempt: ({ outcome }) => outcomes.push(outcome),
    });
    const create = () => transport.send({ method: 'POST', path: '/api/v1/pods' });
    await create();

    server.setSecureContext({ key: pem('second-key'), cert: pem('second') });
    server.closeAllConnections();
    write('ca.crt', pem('second'));
    await new Promise(resolve => setTimeout(resolve, 20));
    await create();
    expect(outcomes).toEqual(['200', 'DEPTH_ZERO_SELF_SIGNED_CERT', '200']);
    transport.close();
  });

  test('a server of another CA is refused before a byte is sent', async () => {
    await listening;
    server.setSecureContext({ key: pem('first-key'), cert: pem('first') });
    const { port } = server.address() as AddressInfo;
    const file = kubeconfig(
      { token: 'good' },
      { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(pem('second')) },
    );
    const transport = openTransport(await fromKubeConfig({ files: file }));
    await expect(transport.send({ method: 'POST', path: '/' })).rejects.toMatchObject({ sent: false });
    transport.close();
  });
});
