import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Identity, TlsIdentity } from '../credentials.ts';
import { type ChosenContext, isPlain } from './chosen-context.ts';
import { impersonationHeaders } from './impersonation.ts';
import type { User } from './kubeconfig-schema.ts';
import { oidcToken } from './oidc-token.ts';
import { refuseKubeconfig } from './refuse-kubeconfig.ts';
import { type ExecCredential, type ExecRun, runExecPlugin } from './run-exec-plugin.ts';

/** Runs a plug-in, or returns its earlier credential while that is valid. */
export type AskPlugin = (run: ExecRun) => Promise<ExecCredential>;

export interface IdentityOptions {
  /** @default runExecPlugin */
  readonly askPlugin?: AskPlugin;
  /** Milliseconds that a plug-in may take. */
  readonly timeoutMs: number;
  /** The current time in epoch ms. */
  readonly wallMs: number;
}

/**
 * Resolves the identity of a context, with every part of it. Over plain http no secret is sent (as in kubectl), but
 * impersonation is: without it the request would have the proxy's own identity.
 *
 * @throws TransportError CREDENTIALS when a part cannot be read, or when nothing in it identifies the user
 */
export async function userIdentity(chosen: ChosenContext, options: IdentityOptions): Promise<Identity> {
  const { cluster, user, who } = chosen;
  if (user === undefined) return { headers: {}, tls: {} };
  if (isPlain(cluster)) return { headers: impersonationHeaders(user), tls: {} };

  const ca = readEither(
    cluster['certificate-authority'],
    cluster['certificate-authority-data'],
    `${who}: its cluster's CA`,
  );
  const { askPlugin = runExecPlugin, timeoutMs } = options;
  const given =
    user.exec === undefined
      ? undefined
      : await askPlugin({ plugin: user.exec, cluster, ca, who, timeoutMs, isTerminal: process.stdin.isTTY === true });

  const cert = readEither(user['client-certificate'], user['client-certificate-data'], who) ?? given?.certificate;
  const key = readEither(user['client-key'], user['client-key-data'], who) ?? given?.key;
  const authorization = authorizationOf(user, who, options.wallMs) ?? bearer(given?.token, who);
  if (authorization === undefined && cert === undefined)
    throw refuseKubeconfig(
      `${who} has no credentials: no token, certificate, password or exec plug-in; use --server for an address that needs none`,
    );

  const tls: TlsIdentity = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(cluster['tls-server-name'] === undefined ? {} : { servername: cluster['tls-server-name'] }),
    ...(cluster['insecure-skip-tls-verify'] ? { rejectUnauthorized: false } : {}),
  };
  checkTls(tls, who);
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  return { headers: { ...headers, ...impersonationHeaders(user) }, tls };
}

/** The user's own Authorization header, preferred to a plug-in's; tokenFile is preferred to token, as in client-go. */
function authorizationOf(user: User, who: string, wallMs: number): string | undefined {
  const { tokenFile, token, username, password } = user;
  const provider = user['auth-provider'];
  if (provider !== undefined && provider.name !== 'oidc')
    throw refuseKubeconfig(
      `${who} has auth-provider "${provider.name}", which kubectl no longer has either; use an exec plug-in (gke-gcloud-auth-plugin, kubelogin)`,
    );
  if (tokenFile !== undefined) {
    const content = readFile(tokenFile, who).toString('utf8').trim();
    if (content === '') throw refuseKubeconfig(`${who}: tokenFile ${tokenFile} is empty`);
    return bearer(content, who);
  }
  if (token !== undefined) return bearer(token.trim(), who);
  if (username !== undefined || password !== undefined)
    return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
  return provider === undefined ? undefined : bearer(oidcToken(provider.config, who, wallMs), who);
}

function bearer(token: string | undefined, who: string): string | undefined {
  if (token === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuseKubeconfig(`${who}: its token has characters that no token has`);
  return `Bearer ${token}`;
}

function readEither(file: string | undefined, data: string | undefined, who: string): Buffer | undefined {
  if (data !== undefined) return Buffer.from(data, 'base64');
  return file === undefined ? undefined : readFile(file, who);
}

function readFile(file: string, who: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw refuseKubeconfig(`${who}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

/**
 * Checks that certificate and key match; during a rotation they may not for a moment, and the last good pair is used.
 */
function checkTls({ ca, cert, key }: TlsIdentity, who: string): void {
  try {
    createSecureContext({ ca, cert, key });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw refuseKubeconfig(`${who}: its certificate, its key or its cluster's CA cannot be used: ${message}`, error);
  }
}
