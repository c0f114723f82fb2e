import { type Command, InvalidArgumentError, Option } from 'commander';
import { isUnreachable, TransportError } from '../kube/api-error.ts';
import { type Connection, connect } from '../kube/connect.ts';
import type { Waiting } from '../kube/http/http-transport.ts';
import { parseGoDuration } from './go-duration.ts';
import { Misuse } from './options/misuse.ts';
import { parseNamespace } from './options/parse-name.ts';

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
    .addOption(
      new Option('--server <url>', 'an address to use as it is, without credentials: the sandbox, kubectl proxy')
        .argParser(parseServer)
        .conflicts(['kubeconfig', 'context']),
    )
    .option('-n, --namespace <name>', "the namespace; without it the context's", parseNamespace)
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
 * that names the server, at most every ten seconds; the error of a call that is given up does not repeat it.
 *
 * @throws Misuse on --as-group without --as
 */
export async function withCluster<T>(
  options: ClusterOptions,
  work: (connection: Connection, namespace: string) => Promise<T>,
  tell: (sentence: string) => void = sentence => process.stderr.write(`headstart: ${sentence}\n`),
): Promise<T> {
  if (options.as === undefined && (options.asGroup ?? []).length > 0)
    throw new Misuse('--as-group needs --as: groups are those of a user');
  let failureToldMs = Number.NEGATIVE_INFINITY;
  const onWaiting = tellSeldom(waiting => {
    if (waiting.failure !== undefined) failureToldMs = performance.now();
    tell(describeWaiting(waiting));
  });
  const { requestTimeout: deadlineMs } = options;
  const transport = { onWaiting, ...(deadlineMs === undefined ? {} : { deadlineMs }) };
  const connection = await connect({ ...options, asGroups: options.asGroup, transport });
  try {
    return await work(connection, options.namespace ?? connection.namespace);
  } catch (error) {
    const isTold = performance.now() - failureToldMs < repeatMs;
    if (isTold && error instanceof TransportError && isUnreachable(error))
      throw new TransportError(error.code, error.sent, `gave up on ${connection.server}: ${error.code}`, {
        cause: error,
      });
    throw error;
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

function parseServer(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new InvalidArgumentError('expected an address, as http://127.0.0.1:8001.');
  return text;
}

function tellSeldom(tell: (waiting: Waiting) => void): (waiting: Waiting) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return waiting => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + repeatMs;
    tell(waiting);
  };
}

const repeatMs = 10_000;

function describeWaiting({ server, call, ms, failure }: Waiting): string {
  if (failure === undefined) return `${server} has not answered ${call} for ${Math.round(ms / 1000)} s; waiting`;
  return `no answer from ${server}, trying again: ${failure}`;
}
