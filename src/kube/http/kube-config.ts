import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { TransportError } from '../api-error.ts';
import { type CachedCredentialsOptions, type Credentials, cachedCredentials, type Identity } from './credentials.ts';

export interface KubeConfigOptions {
  /** One path, or several as in KUBECONFIG. @default KUBECONFIG, else ~/.kube/config */
  readonly files?: string | undefined;
  /** @default its current-context */
  readonly context?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** See cachedCredentials; the default time for one reading is 20 s here, because of exec plug-ins. */
  readonly cache?: Pick<CachedCredentialsOptions, 'maxAgeMs' | 'loadMs' | 'timing'>;
}

/**
 * Reads the credentials that kubectl would use: certificates, tokens, exec plug-ins. client-node reads them; it is
 * imported only here and only on demand, so that a pod does not load it. A refresh builds a new KubeConfig, since the
 * old one caches tokens privately.
 *
 * @throws TransportError CREDENTIALS when there is no file, context or cluster, or the cluster asks for a proxy
 */
export async function fromKubeConfig(options: KubeConfigOptions = {}): Promise<Credentials> {
  const files = findFiles(options.files ?? (options.env ?? process.env).KUBECONFIG);
  const client = await import('@kubernetes/client-node');
  const load = () => loadFiles(() => new client.KubeConfig(), files, options.context);
  let config = load();
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw refuse(`context "${config.currentContext}" of ${files.join(', ')} names no cluster`);
  if (cluster.proxyUrl !== undefined)
    throw refuse(`cluster "${cluster.name}" of ${files.join(', ')} has a proxy-url, which is not supported`);

  return cachedCredentials({
    server: cluster.server,
    namespace: config.getContextObject(config.currentContext)?.namespace ?? 'default',
    load: async fresh => {
      if (fresh) config = load();
      return toIdentity(config);
    },
    loadMs: 20_000,
    ...options.cache,
  });
}

function findFiles(stated: string | undefined): readonly string[] {
  const candidates = stated === undefined || stated === '' ? [path.join(homedir(), '.kube', 'config')] : split(stated);
  const files = candidates.filter(file => existsSync(file));
  if (files.length === 0) throw refuse(`no cluster: ${candidates.join(', ')} not found, and this is no pod`);
  return files;
}

function split(list: string): readonly string[] {
  return list.split(path.delimiter).filter(file => file !== '');
}

/** Merges the files as kubectl does: the first file that sets a value decides. */
function loadFiles(open: () => KubeConfig, files: readonly string[], context: string | undefined): KubeConfig {
  const [first, ...rest] = files.map(file => {
    const config = open();
    config.loadFromFile(file);
    return config;
  });
  const config = first ?? open();
  for (const other of rest) config.mergeConfig(other, Boolean(config.currentContext));
  if (context !== undefined) config.setCurrentContext(context);
  if (config.getContextObject(config.currentContext) === null)
    throw refuse(`${files.join(', ')}: no context "${config.currentContext}"`);
  return config;
}

/** Runs every authenticator through client-node's one public call for it; the agent that it also makes is not used. */
async function toIdentity(config: KubeConfig): Promise<Identity> {
  // Send no secret over plain http (a sandbox, a proxy on loopback).
  if (config.getCurrentCluster()?.server.startsWith('http:')) return { headers: {}, tls: {} };
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
  const tls = { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized };
  return { headers: toHeaders(options), tls: Object.fromEntries(Object.entries(tls).filter(([, v]) => v != null)) };
}

function toHeaders(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (typeof value === 'string') headers[name] = value.trim();
  if (options.auth != null) headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return headers;
}

function refuse(message: string): TransportError {
  return new TransportError('CREDENTIALS', false, message);
}
