import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TransportError } from '../api-error.ts';
import { type CachedCredentialsOptions, type Credentials, cachedCredentials } from './credentials.ts';

export interface InClusterOptions {
  /** @default '/var/run/secrets/kubernetes.io/serviceaccount' */
  readonly root?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** See cachedCredentials. */
  readonly cache?: Pick<CachedCredentialsOptions, 'maxAgeMs' | 'loadMs' | 'timing'>;
}

/**
 * Reads the service account of the pod: two environment variables and two files. Reads them again from time to time,
 * since the kubelet rotates the token.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 * @throws TransportError CREDENTIALS when the process does not run in a pod
 */
export async function inCluster(options: InClusterOptions = {}): Promise<Credentials> {
  const { root = '/var/run/secrets/kubernetes.io/serviceaccount', env = process.env } = options;
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (host === undefined || port === undefined)
    throw new TransportError('CREDENTIALS', false, 'not in a pod: KUBERNETES_SERVICE_HOST and _PORT are not set');

  const read = async (file: string) => (await readFile(path.join(root, file), 'utf8')).trim();
  return cachedCredentials({
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    namespace: await read('namespace').catch(() => 'default'),
    load: async () => {
      const [token, ca] = await Promise.all([read('token'), read('ca.crt')]);
      if (token === '') throw new Error(`${path.join(root, 'token')} is empty`);
      return { headers: { Authorization: `Bearer ${token}` }, tls: { ca } };
    },
    ...options.cache,
  });
}
