import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type KubernetesClient, until } from '../support/kubernetes-client.ts';
import { buildControlPlane, buildKwok } from './build-control-plane.ts';
import { type ChildProcess, startProcess, untilReady } from './child-process.ts';
import {
  apiServerArguments,
  type ControlPlaneLayout,
  controllerManagerArguments,
  etcdArguments,
  kwokArguments,
  schedulerArguments,
} from './control-plane-arguments.ts';
import { findFreePorts } from './free-port.ts';
import { createNodes, nodeSelector } from './kwok-nodes.ts';
import { readAuthority, writeControlPlaneFiles, writeKubeconfig } from './write-control-plane-files.ts';

/** A running Kubernetes with simulated nodes: our own, or the cluster of an external KUBECONFIG. */
export interface ControlPlane {
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly client: KubernetesClient;
  /** Folder for logs, certificates, audit log and the test's own files; deleted by `stop`. */
  readonly folder: string;
  /** Functions of our own control plane; absent on an external cluster. */
  readonly own?: OwnControlPlane;
  stop(): Promise<void>;
}

interface OwnControlPlane {
  /** The API server's audit log, one JSON object per line. */
  readonly auditLog: string;
  /** Certificate and key of the API server, reused by other servers on this loopback. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Kills it (SIGKILL), then starts a new process on the same port and data; resolves when that is ready. */
  restartApiServer(): Promise<void>;
}

/** Starts etcd, API server, controller manager, scheduler and kwok on free loopback ports, or takes `KUBECONFIG`. */
export async function startControlPlane(): Promise<ControlPlane> {
  const folder = await mkdtemp(path.join(tmpdir(), 'headstart-cluster-'));
  const given = process.env.KUBECONFIG;
  return given === undefined || given === '' ? startOwn(folder) : useGiven(folder, given);
}

async function startOwn(folder: string): Promise<ControlPlane> {
  const binary = await buildControlPlane();
  const kwokBinary = await buildKwok();
  const layout = await layOut(folder);
  const { token } = writeControlPlaneFiles(layout);
  const server = `https://127.0.0.1:${layout.ports.apiServer}`;
  const processes: ChildProcess[] = [];
  const start = (name: string, args: readonly string[], command = binary) => {
    const child = startProcess({ name, command, args, logFile: path.join(folder, `${name}.log`) });
    processes.push(child);
    return child;
  };
  const stop = async () => {
    // Last started first, with SIGKILL: the folder is deleted, so nothing needs an orderly end.
    for (const child of processes.toReversed()) await child.stop('SIGKILL');
    await removeFolder(folder);
  };
  const startApiServer = async () => {
    const apiServer = start('kube-apiserver', apiServerArguments(layout));
    await untilReady(apiServer, () => isReady(layout, server, token), 120_000);
    return apiServer;
  };

  try {
    start('etcd', etcdArguments(layout));
    let apiServer = await startApiServer();
    start('kube-controller-manager', controllerManagerArguments(layout));
    start('kube-scheduler', schedulerArguments(layout));
    start('kwok', kwokArguments(layout.kubeconfig, layout.ports.kwok, nodeSelector), kwokBinary);
    const client = await connect(layout.kubeconfig);
    await untilPodsCanBeMade(client);
    await createNodes(client, 5);
    const certs = path.join(folder, 'certs', 'apiserver');
    return {
      kubeconfig: layout.kubeconfig,
      client,
      folder,
      own: {
        auditLog: path.join(folder, 'audit.log'),
        certificate: { cert: `${certs}.crt`, key: `${certs}.key` },
        async restartApiServer() {
          await apiServer.stop('SIGKILL');
          apiServer = await startApiServer();
        },
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function useGiven(folder: string, kubeconfig: string): Promise<ControlPlane> {
  process.stderr.write(`using the cluster of KUBECONFIG=${kubeconfig}: what needs our own control plane is left out\n`);
  const [port = 0] = await findFreePorts(1);
  const kwok = startProcess({
    name: 'kwok',
    command: await buildKwok(),
    args: kwokArguments(kubeconfig, port, nodeSelector),
    logFile: path.join(folder, 'kwok.log'),
  });
  const client = await connect(kubeconfig);
  const removeNodes = await createNodes(client, 5);
  return {
    kubeconfig,
    client,
    folder,
    async stop() {
      await removeNodes();
      await kwok.stop();
      await removeFolder(folder);
    },
  };
}

/** Deletes the folder; with KEEP_CLUSTER_FOLDER set, logs, audit log and settings are kept for debugging. */
async function removeFolder(folder: string): Promise<void> {
  if (process.env.KEEP_CLUSTER_FOLDER) process.stderr.write(`kept: ${folder}\n`);
  else await rm(folder, { recursive: true, force: true });
}

async function layOut(folder: string): Promise<ControlPlaneLayout> {
  for (const certs of ['certs', 'certs-controller-manager', 'certs-scheduler']) mkdirSync(path.join(folder, certs));
  const [etcd = 0, etcdPeer = 0, apiServer = 0, controllerManager = 0, scheduler = 0, kwok = 0] =
    await findFreePorts(6);
  return {
    folder,
    kubeconfig: path.join(folder, 'kubeconfig'),
    ports: { etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok },
  };
}

/**
 * Tells whether the API server is ready; its certificate exists only after its start, so the kubeconfig is written
 * here.
 */
async function isReady({ folder, kubeconfig }: ControlPlaneLayout, server: string, token: string): Promise<boolean> {
  writeKubeconfig(kubeconfig, server, readAuthority(folder), token);
  const client = await connect(kubeconfig);
  return (await client.call('GET', '/readyz')).status === 200;
}

async function untilPodsCanBeMade(client: KubernetesClient): Promise<void> {
  const path = '/api/v1/namespaces/default/serviceaccounts/default';
  await until(
    'the default ServiceAccount',
    120_000,
    () => client.call('GET', path),
    ({ status }) => status === 200,
  );
}
