import path from 'node:path';
import type { z } from 'zod';
import { parseWith } from '../../../api/faults/parse-error.ts';
import { type Cluster, clusterSchema, contextSchema, type User, userSchema } from './kubeconfig-schema.ts';
import type { KubeconfigEntry, MergedKubeconfig } from './read-kubeconfigs.ts';
import { refuseKubeconfig } from './refuse-kubeconfig.ts';

/** The cluster and the user of one context, checked, with absolute paths. */
export interface ChosenContext {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: Cluster & { readonly server: string };
  /** Name of the user for messages: `user "me" of /home/me/.kube/config`. */
  readonly who: string;
  /** Undefined when the context names none, which is allowed only over plain http. */
  readonly user: User | undefined;
}

/**
 * Chooses a context and refuses whatever is missing, contradictory or not supported, by name.
 *
 * @param stated the context's name; the files' current-context when undefined
 * @throws TransportError CREDENTIALS
 */
export function chooseContext(config: MergedKubeconfig, stated: string | undefined): ChosenContext {
  const files = config.files.join(', ');
  const name = stated ?? config.currentContext;
  if (name === undefined)
    throw refuseKubeconfig(`${files}: no current-context; choose one with --context: ${list(config.contexts)}`);
  const entry = config.contexts.get(name);
  if (entry === undefined)
    throw refuseKubeconfig(`${files}: no context "${name}"; there is ${list(config.contexts) || 'none'}`);
  const context = read(contextSchema, entry, `context "${name}" of ${entry.file}`);

  const cluster = config.clusters.get(context.cluster ?? '');
  if (cluster === undefined)
    throw refuseKubeconfig(`context "${name}" of ${files} names ${named('cluster', context.cluster)}`);
  const usable = readCluster(cluster, `cluster "${context.cluster}" of ${cluster.file}`);

  const user = config.users.get(context.user ?? '');
  if (user === undefined && (context.user !== undefined || !isPlain(usable)))
    throw refuseKubeconfig(`context "${name}" of ${files} names ${named('user', context.user)}`);
  const who = `user "${context.user}" of ${user?.file}`;
  return {
    name,
    namespace: context.namespace ?? 'default',
    cluster: usable,
    who,
    user: user === undefined ? undefined : readUser(user, who),
  };
}

/** Tells whether requests to a cluster go without TLS, so that no secret is sent. */
export function isPlain(cluster: { readonly server: string }): boolean {
  return cluster.server.startsWith('http:');
}

function list(entries: ReadonlyMap<string, unknown>): string {
  return [...entries.keys()].map(name => `"${name}"`).join(', ');
}

function named(what: string, name: string | undefined): string {
  return name === undefined ? `no ${what}` : `${what} "${name}", which is not there`;
}

function readCluster(entry: KubeconfigEntry, what: string): ChosenContext['cluster'] {
  const cluster = read(clusterSchema, entry, what);
  const { server, 'certificate-authority': file, 'certificate-authority-data': data } = cluster;
  if (server === undefined) throw refuseKubeconfig(`${what} has no server`);
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    throw refuseKubeconfig(`${what}: server "${server}" is no http or https address`);
  if (cluster['proxy-url'] !== undefined)
    throw refuseKubeconfig(`${what} has a proxy-url, which is not supported; use a server that needs no proxy`);
  if (file !== undefined && data !== undefined)
    throw refuseKubeconfig(`${what} has certificate-authority and certificate-authority-data; remove one of them`);
  if ((file ?? data) !== undefined && cluster['insecure-skip-tls-verify'])
    throw refuseKubeconfig(`${what} has a certificate authority and insecure-skip-tls-verify; remove one of them`);
  return { ...cluster, server, 'certificate-authority': absolute(entry, file) };
}

function readUser(entry: KubeconfigEntry, who: string): User {
  const user = read(userSchema, entry, who);
  checkMethods(user, who);
  const { exec } = user;
  const command = exec?.command;
  const isPath = command !== undefined && path.basename(command) !== command;
  return {
    ...user,
    'client-certificate': absolute(entry, user['client-certificate']),
    'client-key': absolute(entry, user['client-key']),
    tokenFile: absolute(entry, user.tokenFile),
    exec: exec === undefined ? undefined : { ...exec, command: isPath ? absolute(entry, command) : command },
  };
}

/**
 * Refuses what kubectl refuses, and a user without any credential.
 *
 * @see https://github.com/kubernetes/client-go/blob/master/tools/clientcmd/validation.go
 */
function checkMethods(user: User, who: string): void {
  const both = (a: keyof User, b: keyof User) => user[a] !== undefined && user[b] !== undefined;
  const certificate = user['client-certificate'] ?? user['client-certificate-data'];
  const key = user['client-key'] ?? user['client-key-data'];
  const basic = user.username ?? user.password;
  const token = user.token ?? user.tokenFile;
  const complain = (message: string) => {
    throw refuseKubeconfig(`${who} ${message}`);
  };
  if (both('client-certificate', 'client-certificate-data'))
    complain('has client-certificate and client-certificate-data; remove one of them');
  if (both('client-key', 'client-key-data')) complain('has client-key and client-key-data; remove one of them');
  if (certificate !== undefined && key === undefined) complain('has a client certificate without a client key');
  if (key !== undefined && certificate === undefined) complain('has a client key without a client certificate');
  if (basic !== undefined && token !== undefined) complain('has a token and a username; remove one of them');
  if (both('exec', 'auth-provider')) complain('has exec and auth-provider; remove one of them');
  const isAsMore =
    user['as-uid'] !== undefined || user['as-groups'].length > 0 || Object.keys(user['as-user-extra']).length > 0;
  if (user.as === undefined && isAsMore) complain('has as-uid, as-groups or as-user-extra without as');
}

function read<S extends z.ZodType>(schema: S, entry: KubeconfigEntry, what: string): z.output<S> {
  try {
    return parseWith(schema, entry.value ?? {}, what);
  } catch (error) {
    throw refuseKubeconfig(error instanceof Error ? error.message : String(error), error);
  }
}

function absolute(entry: KubeconfigEntry, file: string | undefined): string | undefined {
  return file === undefined ? undefined : path.resolve(entry.folder, file);
}
