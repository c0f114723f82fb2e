import type { Command } from 'commander';
import { type Connection, connect } from '../kube/connect.ts';
import type { Waiting } from '../kube/http/http-transport.ts';

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

/**
 * Runs `work` on a connection and closes it, whatever happens. While the API server does not answer, `tell` is called
 * with a sentence that names it, at most every ten seconds.
 */
export async function withCluster<T>(
  options: ClusterOptions,
  work: (connection: Connection, namespace: string) => Promise<T>,
  tell: (sentence: string) => void = sentence => process.stderr.write(`headstart: ${sentence}\n`),
): Promise<T> {
  const onWaiting = tellSeldom(tell);
  const connection = await connect({ ...options, transport: { onWaiting } });
  try {
    return await work(connection, options.namespace ?? connection.namespace);
  } finally {
    connection.close();
  }
}

function tellSeldom(tell: (sentence: string) => void): (waiting: Waiting) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return waiting => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + repeatMs;
    tell(describeWaiting(waiting));
  };
}

const repeatMs = 10_000;

function describeWaiting({ server, call, ms, failure }: Waiting): string {
  if (failure === undefined) return `${server} has not answered ${call} for ${Math.round(ms / 1000)} s; waiting`;
  return `no answer from ${server}: ${failure}`;
}
