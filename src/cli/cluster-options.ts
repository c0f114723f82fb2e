import type { Command } from 'commander';
import { type Connection, connect } from '../kube/connect.ts';

/** How a command is told which cluster it speaks to, in kubectl's words. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly server?: string;
  readonly namespace?: string;
}

/** Adds the options by which kubectl's users name a cluster and a namespace. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'the kubeconfig; without it KUBECONFIG, ~/.kube/config or the pod, as kubectl')
    .option('--context <name>', 'the context of the kubeconfig')
    .option('--server <url>', 'an address to use as it is, without credentials: the sandbox, kubectl proxy')
    .option('-n, --namespace <name>', "the namespace; without it the context's");
}

/** Runs `work` on a connection and closes it, whatever happens. */
export async function withCluster<T>(
  options: ClusterOptions,
  work: (connection: Connection, namespace: string) => Promise<T>,
): Promise<T> {
  const connection = await connect(options);
  try {
    return await work(connection, options.namespace ?? connection.namespace);
  } finally {
    connection.close();
  }
}
