import type { Command } from 'commander';
import { type Connection, connect } from '../kube/connect.ts';
import type { Waiting } from '../kube/http/http-transport.ts';
import { parseGoDuration } from './go-duration.ts';

/** Options that choose the cluster of a command, named as in kubectl. */
export interface ClusterOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly server?: string | undefined;
  readonly namespace?: string | undefined;
  /** Longest wait for one answer, in ms. @default 10 s */
  readonly requestTimeout?: number | undefined;
  /** Name of the user in whose place to act; the caller needs the right to impersonate. */
  readonly as?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
}

/** Adds the options that choose a cluster and a namespace, named as in kubectl. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'the kubeconfig; without it KUBECONFIG, ~/.kube/config or the pod, as kubectl')
    .option('--context <name>', 'the context of the kubeconfig')
    .option('--server <url>', 'an address to use as it is, without credentials: the sandbox, kubectl proxy')
    .option('-n, --namespace <name>', "the namespace; without it the context's")
    .option(
      '--request-timeout <duration>',
      'longest wait for one answer, as 5s or 1m; 0 for none; default: 10s',
      parseTimeout,
    )
    .option('--as <user>', 'act as this user, where you may impersonate')
    .option('--as-group <group...>', 'act as a member of these groups, with --as');
}

/**
 * Runs `work` on a connection and always closes it. While the API server does not answer, calls `tell` with a sentence
 * that names the server, at most every ten seconds.
 */
export async function withCluster<T>(
  options: ClusterOptions,
  work: (connection: Connection, namespace: string) => Promise<T>,
  tell: (sentence: string) => void = sentence => process.stderr.write(`headstart: ${sentence}\n`),
): Promise<T> {
  const onWaiting = tellSeldom(tell);
  const { requestTimeout: deadlineMs } = options;
  const transport = { onWaiting, ...(deadlineMs === undefined ? {} : { deadlineMs }) };
  const connection = await connect({ ...options, asGroups: options.asGroup, transport });
  try {
    return await work(connection, options.namespace ?? connection.namespace);
  } finally {
    connection.close();
  }
}

/** Longest timeout in ms, for none. */
const noTimeoutMs = 86_400_000;

function parseTimeout(text: string): number {
  const ms = parseGoDuration(text);
  return ms === 0 ? noTimeoutMs : Math.min(ms, noTimeoutMs);
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
