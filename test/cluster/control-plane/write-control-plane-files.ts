import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ControlPlaneLayout } from './control-plane-arguments.ts';

/**
 * Writes the files needed before the first process: keys, the administrator's token, the audit policy and the
 * scheduler's file.
 */
export function writeControlPlaneFiles({ folder, kubeconfig }: ControlPlaneLayout): { readonly token: string } {
  const token = randomBytes(24).toString('hex');
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text, { mode: 0o600 });
  write('service-accounts.pub', keys.publicKey);
  write('service-accounts.key', keys.privateKey);
  write('tokens.csv', `${token},suite,suite,"system:masters"\n`);
  write('audit-policy.yaml', stringify(auditPolicy));
  write(
    'scheduler.yaml',
    stringify({
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      leaderElection: { leaderElect: false },
      clientConnection: { kubeconfig },
    }),
  );
  return { token };
}

/** Writes a kubeconfig for one identity at the API server of `folder`, whose own certificate is the authority. */
export function writeKubeconfig(file: string, server: string, authority: string, token: string): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'suite', cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [{ name: 'suite', user: { token } }],
    contexts: [{ name: 'suite', context: { cluster: 'suite', user: 'suite' } }],
    'current-context': 'suite',
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
}

/** The certificate that the API server signed for itself at its first start. */
export function readAuthority(folder: string): string {
  return readFileSync(path.join(folder, 'certs', 'apiserver.crt'), 'utf8');
}

/**
 * Audit policy that shows who wrote what: specs with their bodies, and every request of a ServiceAccount, so that a
 * refusal under the operator's Role is seen.
 */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', resources: [{ group: 'coordination.k8s.io' }] },
    {
      level: 'Request',
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      resources: [
        { group: 'autoscaling', resources: ['horizontalpodautoscalers'] },
        { group: 'apps', resources: ['deployments', 'deployments/scale'] },
        { group: 'headstart.dev', resources: ['flashsales', 'scalingtargets', 'scalingpolicies', 'saleplans'] },
      ],
    },
    { level: 'Metadata', userGroups: ['system:serviceaccounts'] },
    { level: 'None' },
  ],
};

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
