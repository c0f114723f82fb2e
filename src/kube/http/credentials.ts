import type { SecureContextOptions } from 'node:tls';
import { TransportError } from '../api-error.ts';
import { realTiming, type Timing } from '../timing.ts';

/** The client's identity at one moment: headers and TLS material. */
export interface Identity {
  /** By name; several values are sent as several lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Passed with every request: the agent keeps one pool per TLS identity, so a new certificate opens new connections.
   */
  readonly tls: TlsIdentity;
}

export type TlsIdentity = Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase'> & {
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
};

/** The address of the API server and the identity to use there; tokens and certificates may change at run time. */
export interface Credentials {
  /** An http or https URL; a path in it is prepended to the path of every call. */
  readonly server: string;
  /** The namespace of the pod or of the kubeconfig's context; "default" when neither states one. */
  readonly namespace: string;
  /** Returns the current identity, from a cache. @throws TransportError CREDENTIALS when none could ever be read */
  current(): Promise<Identity>;
  /**
   * Reads the credentials again after the server refused `used`, unless another call already has. Keeps the last good
   * identity when that fails.
   */
  refresh(used: Identity): Promise<Identity>;
}

/** Credentials for a server without authentication, or with one fixed header: the sandbox, `kubectl proxy`. */
export function openServer(server: string, namespace = 'default', headers: Identity['headers'] = {}): Credentials {
  const identity: Identity = { headers, tls: {} };
  return { server, namespace, current: async () => identity, refresh: async () => identity };
}

/** Credentials for the same server with another caller's bearer token: of ours only what trusts the server is kept. */
export function withBearerToken(credentials: Credentials, token: string): Credentials {
  const current = async (): Promise<Identity> => {
    const { ca, servername, rejectUnauthorized } = (await credentials.current()).tls;
    const tls = {
      ...(ca === undefined ? {} : { ca }),
      ...(servername === undefined ? {} : { servername }),
      ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    };
    return { headers: { authorization: `Bearer ${token}` }, tls };
  };
  return { server: credentials.server, namespace: credentials.namespace, current, refresh: current };
}

export interface CachedCredentialsOptions {
  readonly server: string;
  readonly namespace: string;
  /** Reads the identity; `fresh` asks it to bypass every cache below. */
  readonly load: (fresh: boolean) => Promise<Identity>;
  /** Milliseconds for which an identity is used before it is read again. @default 30_000 */
  readonly maxAgeMs?: number;
  /** Milliseconds that one read may take; a slower one is no longer awaited, but not stopped. @default 5_000 */
  readonly loadMs?: number;
  readonly timing?: Timing;
}

/**
 * Credentials that are read again every `maxAgeMs`, one read at a time; when a read fails, the last good identity stays
 * in use.
 */
export function cachedCredentials(options: CachedCredentialsOptions): Credentials {
  const { server, namespace, load, maxAgeMs = 30_000, loadMs = 5_000, timing = realTiming } = options;
  let last: { readonly identity: Identity; readonly readAgainAt: number } | undefined;
  let reading: Promise<Identity> | undefined;

  const read = (fresh: boolean): Promise<Identity> => {
    reading ??= bounded(load(fresh), loadMs)
      .then(
        read => {
          // Keep the object when its content is the same: a caller that was refused with it must not conclude that it
          // changed.
          const identity = last !== undefined && isSame(last.identity, read) ? last.identity : read;
          last = { identity, readAgainAt: timing.monotonicMs() + maxAgeMs };
          return identity;
        },
        (error: unknown) => {
          if (last === undefined) throw toCredentialsError(error);
          last = { identity: last.identity, readAgainAt: timing.monotonicMs() + Math.min(maxAgeMs, retryReadingMs) };
          return last.identity;
        },
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return {
    server,
    namespace,
    current: async () => (last !== undefined && timing.monotonicMs() < last.readAgainAt ? last.identity : read(false)),
    refresh: async used => (last !== undefined && last.identity !== used ? last.identity : read(true)),
  };
}

/** Milliseconds before the next try after a failed read; the last good identity is used until then. */
const retryReadingMs = 5_000;

function isSame(a: Identity, b: Identity): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function bounded<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`credentials were not read within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function toCredentialsError(cause: unknown): TransportError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new TransportError('CREDENTIALS', false, `cannot read the credentials: ${message}`, { cause });
}
