import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { type ChildProcess, startProcess } from '../control-plane/child-process.ts';

const entry = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'js', 'src', 'main.js');

export interface OperatorStart {
  /** Folder for its settings and log. */
  readonly folder: string;
  /** Unique name of the operator, used for its lease and files. */
  readonly name: string;
  /** Path of a kubeconfig of its ServiceAccount. */
  readonly kubeconfig: string;
  /** Namespace in which its ServiceAccount may write leases. */
  readonly leaseNamespace: string;
  /** The namespace that it serves. */
  readonly namespace: string;
  readonly prometheusUrl: string;
}

/** Starts an operator of one namespace; a second start of the same name appends to its log. */
export function startOperator({ leaseNamespace, namespace, prometheusUrl, ...start }: OperatorStart): ChildProcess {
  return startOperatorWith({
    ...start,
    settings: {
      watchNamespaces: [namespace],
      sources: { prometheus: { type: 'prometheus', url: prometheusUrl } },
      leaderElection: { namespace: leaseNamespace, name: start.name },
      listen: { health: 'off', metrics: 'off' },
    },
  });
}

/** Starts the built `headstart operator` in its own process, with those settings. */
export function startOperatorWith(
  start: Pick<OperatorStart, 'folder' | 'name' | 'kubeconfig'> & { readonly settings: unknown },
): ChildProcess {
  const { folder, name, kubeconfig, settings } = start;
  const file = path.join(folder, `${name}-settings.yaml`);
  writeFileSync(file, stringify(settings));
  return startProcess({
    name: `operator ${name}`,
    command: process.execPath,
    args: [entry, 'operator', '--settings', file, '--kubeconfig', kubeconfig],
    logFile: path.join(folder, `${name}-operator.log`),
  });
}

/**
 * Runs another command of the same build until it ends; without a kubeconfig one that asks no cluster.
 *
 * @returns its exit code, 0 on success
 */
export async function runHeadstart(
  folder: string,
  kubeconfig: string | undefined,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly logFile: string }> {
  const child = startProcess({
    name: `headstart ${args[0]}`,
    command: process.execPath,
    args: [entry, ...args, ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])],
    logFile: path.join(folder, `headstart-${args[0]}.log`),
  });
  return { code: await child.exited, logFile: child.logFile };
}
