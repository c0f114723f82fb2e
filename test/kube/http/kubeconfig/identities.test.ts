import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openServer } from '../../../../src/kube/http/credentials.ts';
import { openTransport } from '../../../../src/kube/http/http-transport.ts';
import { fromKubeConfig } from '../../../../src/kube/http/kube-config.ts';
import { json, scriptedServer } from '../../scripted-server.ts';

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '..', 'tls', `${name}.pem`), 'utf8');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const https = 'https://10.0.0.1:6443';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headstart-identities-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a file in the folder and gives its path. */
function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Writes a kubeconfig with one context "here" and gives its path. */
function kubeconfig(user: object, cluster: object = {}, name = 'config.yaml'): string {
  const document = {
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
    clusters: [{ name: 'here', cluster: { server: https, ...cluster } }],
    users: [{ name: 'me', user }],
  };
  return write(name, stringify(document));
}

/** What a kubeconfig's user sends, read anew at each call. */
async function identityOf(files: string) {
  const credentials = await fromKubeConfig({ files, cache: { maxAgeMs: 0 } });
  return credentials.current();
}

describe('a token in a file', () => {
  test('is relative to the kubeconfig, goes before a token, and is read again when it rotates', async () => {
    write('secrets/token', 'one\n');
    const files = kubeconfig({ tokenFile: 'secrets/token', token: 'old' });
    const credentials = await fromKubeConfig({ files, cache: { maxAgeMs: 0 } });
    expect((await credentials.current()).headers).toEqual({ Authorization: 'Bearer one' });
    write('secrets/token', 'two');
    expect((await credentials.current()).headers).toEqual({ Authorization: 'Bearer two' });
    write('secrets/token', '');
    expect((await credentials.current()).headers).toEqual({ Authorization: 'Bearer two' });
  });

  test.each<[string, string | undefined, RegExp]>([
    ['is not there', undefined, /user "me" of .*config.yaml: ENOENT.*token/],
    ['is empty', '\n', /tokenFile .*token is empty/],
    ['holds two lines', 'a\nb', /its token has characters that no token has/],
  ])('that %s is refused', async (_, content, message) => {
    if (content !== undefined) write('token', content);
    await expect(identityOf(kubeconfig({ tokenFile: 'token' }))).rejects.toThrow(message);
  });
});

describe('an exec plug-in', () => {
  const apiVersion = 'client.authentication.k8s.io/v1';
  /** Writes a program beside the kubeconfig that answers with this status, as JavaScript. */
  function plugin(status: string, exec: object = {}, answered = apiVersion): object {
    const program = write(
      'bin/plug-in',
      `#!${process.execPath}
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: '${answered}', status: ${status} }));`,
    );
    chmodSync(program, 0o755);
    return { exec: { apiVersion, command: 'bin/plug-in', interactiveMode: 'Never', ...exec } };
  }

  test('with a relative command is found beside the kubeconfig', async () => {
    expect(await identityOf(kubeconfig(plugin(`{ token: 'given' }`)))).toMatchObject({
      headers: { Authorization: 'Bearer given' },
    });
  });

  test('is told the cluster when it asks, and only then', async () => {
    const say = '{ token: Buffer.from(JSON.stringify(info.spec)).toString("base64") }';
    const cluster = {
      'certificate-authority-data': base64(pem('first')),
      'tls-server-name': 'api',
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'shop' } }],
    };
    const told = async (exec: object) => {
      const { headers } = await identityOf(kubeconfig(plugin(say, exec), cluster));
      return JSON.parse(Buffer.from(String(headers.Authorization).slice(7), 'base64').toString());
    };
    expect(await told({ provideClusterInfo: true })).toEqual({
      interactive: false,
      cluster: {
        server: https,
        'tls-server-name': 'api',
        'certificate-authority-data': base64(pem('first')),
        config: { audience: 'shop' },
      },
    });
    expect(await told({})).toEqual({ interactive: false });
  });

  test('may give a certificate, and is asked again once it has expired', async () => {
    write('first.pem', pem('first'));
    const status = `{
      clientCertificateData: require('node:fs').readFileSync('${folder}/first.pem', 'utf8'),
      clientKeyData: ${JSON.stringify(pem('first-key'))},
      token: String(process.hrtime.bigint()), expirationTimestamp: '2020-01-01T00:00:00Z' }`;
    const credentials = await fromKubeConfig({ files: kubeconfig(plugin(status)), cache: { maxAgeMs: 0 } });
    const first = await credentials.current();
    expect(first.tls).toEqual({ cert: pem('first'), key: pem('first-key') });
    expect((await credentials.current()).headers).not.toEqual(first.headers);
  });

  test.each<[string, () => object, RegExp]>([
    ['gives nothing', () => plugin('{}'), /exec plug-in ".*bin\/plug-in" of user "me" .* gave neither a token nor/],
    ['gives a certificate alone', () => plugin(`{ clientCertificateData: 'x' }`), /a certificate without its key/],
    ['gives no ExecCredential', () => plugin('undefined'), /gave no ExecCredential: its answer: status/],
    ['answers in another version', () => plugin(`{ token: 'x' }`, {}, 'v0'), /answered in v0 and was asked in .*\/v1/],
    [
      'has no version that we know',
      () => plugin('{}', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
      /v1alpha1; it must be/,
    ],
    ['needs a person', () => plugin(`{ token: 'x' }`, { interactiveMode: 'Always' }), /asks a person .* no terminal/],
    ['fails', () => plugin('process.exit(console.error("log in first") ?? 3)'), /exit code 3: log in first/],
    ['is not installed', () => plugin('{}', { command: 'no-such', installHint: 'get it at x' }), /ENOENT; get it at x/],
  ])('that %s is refused by name', async (_, user, message) => {
    await expect(identityOf(kubeconfig(user()))).rejects.toThrow(message);
  });
});

describe('impersonation', () => {
  const user = {
    token: 'secret',
    as: 'jürgen',
    'as-uid': 'u-1',
    'as-groups': ['shop', 'ops'],
    'as-user-extra': { 'example.org/reason': ['sale', 'test'] },
  };

  test('is asked for in all its fields', async () => {
    expect((await identityOf(kubeconfig(user))).headers).toEqual({
      Authorization: 'Bearer secret',
      'Impersonate-User': Buffer.from('jürgen').toString('latin1'),
      'Impersonate-Uid': 'u-1',
      'Impersonate-Group': ['shop', 'ops'],
      'Impersonate-Extra-example.org%2Freason': ['sale', 'test'],
    });
  });

  test('goes over plain http too, where no secret does', async () => {
    const { headers } = await identityOf(kubeconfig(user, { server: 'http://127.0.0.1:1' }));
    expect(headers).toMatchObject({ 'Impersonate-Uid': 'u-1' });
    expect(headers).not.toHaveProperty('Authorization');
  });

  test('is sent as one line for each group', async () => {
    await using server = await scriptedServer(json(200, {}));
    const { headers } = await identityOf(kubeconfig(user, { server: 'http://127.0.0.1:1' }));
    const transport = openTransport(openServer(server.url, 'default', headers));
    await transport.send({ method: 'GET', path: '/api' });
    transport.close();
    expect(server.asked[0]?.headers).toMatchObject({ 'impersonate-group': 'shop, ops' });
    expect(Buffer.from(String(server.asked[0]?.headers['impersonate-user']), 'latin1').toString()).toBe('jürgen');
  });
});

describe('an OIDC id-token', () => {
  const jwt = (exp: number) => `x.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`;
  const oidc = (token: string | undefined) => ({
    'auth-provider': {
      name: 'oidc',
      config: { ...(token === undefined ? {} : { 'id-token': token }), 'refresh-token': 'r' },
    },
  });

  test('is sent while it holds', async () => {
    const token = jwt(Date.now() / 1000 + 60);
    expect((await identityOf(kubeconfig(oidc(token)))).headers).toEqual({ Authorization: `Bearer ${token}` });
  });

  test.each<[string, string | undefined, RegExp]>([
    ['has expired', jwt(1_577_836_800), /id-token .* expired at 2020-01-01T00:00:00.000Z; run kubectl once/],
    ['is missing', undefined, /auth-provider oidc without an id-token/],
    ['is no JWT', 'abc', /id-token .* is no JWT/],
  ])('that %s is refused, and nothing is sent as nobody', async (_, token, message) => {
    await expect(identityOf(kubeconfig(oidc(token)))).rejects.toMatchObject({
      code: 'CREDENTIALS',
      sent: false,
      message: expect.stringMatching(message),
    });
  });
});

describe('a user that is not understood is refused by name', () => {
  test.each<[string, object, object, RegExp]>([
    ['nothing', {}, {}, /user "me" of .*config.yaml has no credentials/],
    ['a misspelt field', { 'token-file': 'x' }, {}, /user "me" .*token-file/],
    ['a number for a token', { token: 12 }, {}, /token: .*12.*/],
    ['a provider that is gone', { 'auth-provider': { name: 'gcp' } }, {}, /auth-provider "gcp".*exec plug-in/],
    ['groups without a user', { token: 'x', 'as-groups': ['a'] }, {}, /as-groups or as-user-extra without as/],
    ['a token and a password', { token: 'x', username: 'u' }, {}, /a token and a username/],
    ['a certificate without a key', { 'client-certificate-data': 'x' }, {}, /certificate without a client key/],
    ['two certificates', { 'client-certificate-data': 'x', 'client-certificate': 'y' }, {}, /remove one of them/],
    [
      'exec and auth-provider',
      { exec: { command: 'a' }, 'auth-provider': { name: 'oidc' } },
      {},
      /exec and auth-provider/,
    ],
    [
      'a CA that is not checked',
      { token: 'x' },
      { 'insecure-skip-tls-verify': true, 'certificate-authority-data': 'x' },
      /insecure-skip-tls-verify; remove one/,
    ],
    ['a server without a scheme', { token: 'x' }, { server: '10.0.0.1:6443' }, /is no http or https address/],
    ['no server', { token: 'x' }, { server: '' }, /cluster "here" .* has no server/],
    ['a CA file that is not there', { token: 'x' }, { 'certificate-authority': 'ca.crt' }, /CA: ENOENT/],
  ])('%s', async (_, user, cluster, message) => {
    await expect(identityOf(kubeconfig(user, cluster))).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.stringMatching(message),
    });
  });

  test('a context whose user is not there', async () => {
    const file = write(
      'c.yaml',
      stringify({
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'a', user: 'gone' } }],
        clusters: [{ name: 'a', cluster: { server: https } }],
      }),
    );
    await expect(fromKubeConfig({ files: file })).rejects.toThrow(
      /context "a" .* names user "gone", which is not there/,
    );
  });
});

describe('certificates in files', () => {
  test('are read again when they rotate; a pair that does not match keeps the last good one', async () => {
    write('tls.crt', pem('first'));
    write('tls.key', pem('first-key'));
    const files = kubeconfig({ 'client-certificate': 'tls.crt', 'client-key': 'tls.key' });
    const credentials = await fromKubeConfig({ files, cache: { maxAgeMs: 0, timing: ticking() } });
    const first = await credentials.current();
    expect(first.tls).toEqual({ cert: Buffer.from(pem('first')), key: Buffer.from(pem('first-key')) });
    write('tls.crt', pem('second'));
    expect(await credentials.current()).toBe(first);
    write('tls.key', pem('second-key'));
    expect((await credentials.current()).tls).toMatchObject({ cert: Buffer.from(pem('second')) });
  });

  test('that never match are refused by name', async () => {
    write('tls.crt', pem('first'));
    write('tls.key', pem('second-key'));
    const files = kubeconfig({ 'client-certificate': 'tls.crt', 'client-key': 'tls.key' });
    await expect(identityOf(files)).rejects.toThrow(/its certificate, its key or .* cannot be used/);
  });

  /** Time in which every reading is due again. */
  function ticking() {
    let now = 0;
    return {
      monotonicMs: () => {
        now += 60_000;
        return now;
      },
      wallMs: () => 0,
      sleep: async () => {},
      random: () => 0,
    };
  }
});

describe('several kubeconfigs', () => {
  const entry = (name: string, server: string, token: string) => ({
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token } }],
  });
  const join = (...files: readonly string[]) => files.join(path.delimiter);

  test('with the same names: the first has the say, and an empty or a missing one says nothing', async () => {
    const empty = write('empty.yaml', '');
    const first = write('first.yaml', stringify({ 'current-context': 'a', ...entry('a', 'https://first', 'one') }));
    const second = write('second.yaml', stringify({ 'current-context': 'b', ...entry('a', 'https://second', 'two') }));
    const credentials = await fromKubeConfig({ files: join(empty, path.join(folder, 'none'), first, second, first) });
    expect(credentials.server).toBe('https://first');
    expect((await credentials.current()).headers).toEqual({ Authorization: 'Bearer one' });
  });

  test('each take their paths from their own folder', async () => {
    write('there/token', 'there');
    write('token', 'here');
    const there = write('there/config', stringify({ users: [{ name: 'a', user: { tokenFile: 'token' } }] }));
    const here = write('here.yaml', stringify({ 'current-context': 'a', ...entry('a', https, 'x') }));
    expect((await identityOf(join(there, here))).headers).toEqual({ Authorization: 'Bearer there' });
  });

  test.each<[string, string, RegExp]>([
    ['the same name twice in one', stringify({ users: [{ name: 'a' }, { name: 'a' }] }), /users has "a" twice/],
    ['another kind', 'kind: Secret\n', /bad.yaml: kind: must be Config, got "Secret"/],
    ['no YAML', 'a: [\n', /bad.yaml: /],
    ['no current-context', stringify(entry('a', https, 'x')), /no current-context; choose one with --context: "a"/],
    ['a context that is not there', 'current-context: b\n', /no context "b"; there is none/],
  ])('%s: refused by file and name', async (_, text, message) => {
    await expect(fromKubeConfig({ files: write('bad.yaml', text) })).rejects.toThrow(message);
  });

  test('a file that now names another server gives no identity for the old one', async () => {
    const file = write('c.yaml', stringify({ 'current-context': 'a', ...entry('a', 'https://first', 'one') }));
    const credentials = await fromKubeConfig({ files: file });
    write('c.yaml', stringify({ 'current-context': 'a', ...entry('a', 'https://second', 'two') }));
    await expect(credentials.current()).rejects.toThrow('names another server now: https://second');
  });
});
