import path from 'node:path';

/** The folder of a control plane, and one free loopback port per process. */
export interface ControlPlaneLayout {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly ports: Readonly<
    Record<'etcd' | 'etcdPeer' | 'apiServer' | 'controllerManager' | 'scheduler' | 'kwok', number>
  >;
}

/** The controllers of kube-controller-manager that the suite needs: none that calls a cloud or signs certificates. */
const controllers = [
  'deployment',
  'replicaset',
  'horizontal-pod-autoscaler',
  'serviceaccount',
  'namespace',
  'garbage-collector',
  'resourcequota',
  'node-lifecycle',
  'disruption',
  'pod-garbage-collector',
  'endpointslice',
  'validatingadmissionpolicy-status',
].map(name => `${name}-controller`);

export function etcdArguments({ folder, ports }: ControlPlaneLayout): readonly string[] {
  return [
    'etcd',
    `--data-dir=${path.join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--advertise-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
    `--initial-cluster=default=http://127.0.0.1:${ports.etcdPeer}`,
  ];
}

/**
 * Arguments of the API server. `--token-auth-file` holds the administrator's token; others use ServiceAccount tokens or
 * impersonation.
 */
export function apiServerArguments({ folder, ports }: ControlPlaneLayout): readonly string[] {
  const issuer = 'https://kubernetes.default.svc';
  return [
    'kube-apiserver',
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--cert-dir=${path.join(folder, 'certs')}`,
    `--secure-port=${ports.apiServer}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--service-cluster-ip-range=10.0.0.0/24',
    `--service-account-key-file=${path.join(folder, 'service-accounts.pub')}`,
    `--service-account-signing-key-file=${path.join(folder, 'service-accounts.key')}`,
    `--service-account-issuer=${issuer}`,
    `--api-audiences=${issuer}`,
    `--token-auth-file=${path.join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    `--audit-policy-file=${path.join(folder, 'audit-policy.yaml')}`,
    `--audit-log-path=${path.join(folder, 'audit.log')}`,
  ];
}

export function controllerManagerArguments({ folder, kubeconfig, ports }: ControlPlaneLayout): readonly string[] {
  return [
    'kube-controller-manager',
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${ports.controllerManager}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${path.join(folder, 'certs-controller-manager')}`,
    `--service-account-private-key-file=${path.join(folder, 'service-accounts.key')}`,
    '--use-service-account-credentials=false',
    `--controllers=${controllers.join(',')}`,
  ];
}

export function schedulerArguments({ folder, ports }: ControlPlaneLayout): readonly string[] {
  return [
    'kube-scheduler',
    `--config=${path.join(folder, 'scheduler.yaml')}`,
    `--secure-port=${ports.scheduler}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${path.join(folder, 'certs-scheduler')}`,
  ];
}

/**
 * Arguments of kwok, which simulates only nodes with the suite's label, so that it is harmless on an external cluster.
 */
export function kwokArguments(kubeconfig: string, port: number, nodeSelector: string): readonly string[] {
  return [
    '--kubeconfig',
    kubeconfig,
    '--config',
    path.join(import.meta.dirname, 'kwok-stages.yaml'),
    '--manage-nodes-with-label-selector',
    nodeSelector,
    '--node-lease-duration-seconds',
    '40',
    '--server-address',
    `127.0.0.1:${port}`,
  ];
}
