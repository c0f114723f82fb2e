import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ControlPlane } from './start-control-plane.ts';
import { writeKubeconfig } from './write-control-plane-files.ts';

/** Writes a kubeconfig with a token of that ServiceAccount, valid for an hour, with exactly its rights. */
export async function writeServiceAccountKubeconfig(
  { client, kubeconfig }: ControlPlane,
  account: { readonly namespace: string; readonly name: string },
  file: string,
): Promise<void> {
  const address = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}/token`;
  const { status, body } = await client.call('POST', address, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  });
  if (status !== 201) throw new Error(`no token for ${account.namespace}/${account.name}: ${JSON.stringify(body)}`);
  const { token } = (body as { status: { token: string } }).status;
  const config = parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: readonly { cluster: { 'certificate-authority-data'?: string } }[];
  };
  const authority = config.clusters[0]?.cluster['certificate-authority-data'] ?? '';
  writeKubeconfig(file, client.server, Buffer.from(authority, 'base64').toString('utf8'), token);
}
