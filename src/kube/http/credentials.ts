import type { SecureContextOptions } from 'node:tls';
import { TransportError } from '../api-error.ts';
import { realTiming, type Timing } from '../timing.ts';

/** Who we are to the API server at this moment. */
export interface Identity {
  readonly headers: Readonly<Record<string, string>>;
  /** Passed with every request: the agent pools by TLS identity, so a new certificate opens new connections by itself. */
  readonly tls: TlsIdentity;
}

export type TlsIdentity = Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase'> & {
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
};

/** Where the API server is and how to be known to it; tokens and certificates change while we run. */
export interface Credentials {
  /** http or https; a path in it goes before every call's path. */
  readonly server: string;
  /** The namespace of the pod or of the kubeconfig's context; "default" when neither says. */
  readonly namespace: string;
  /** The identity to use now; cached. @throws TransportError CREDENTIALS when there never was one */
  current(): Promise<Identity>;
  /** After a refusal of `used`: reads everything again, unless somebody already did. The last good one stays when that fails. */
  refresh(used: Identity): Promise<Identity>;
}

/** A server that asks for nothing but perhaps a fixed header: the sandbox, `kubectl proxy`. */
export function openServer(server: string, namespace = 'default', headers: Identity['headers'] = {}): Credentials {
  const identity: Identity = { headers, tls: {} };
  return { server, namespace, current: async () => identity, refresh: async () => identity };
}

export interface CachedCredentialsOptions {
  readonly server: string;
  readonly namespace: string;
  /** `fresh` asks to look past every cache below. */
  readonly load: (fresh: boolean) => Promise<Identity>;
  /** How long an identity is used before it is read again. @default 30_000 */
  readonly maxAgeMs?: number;
  /** How long one reading may take; a longer one is given up, not killed. @default 5_000 */
  readonly loadMs?: number;
  readonly timing?: Timing;
}

/** Credentials that read again every `maxAgeMs`, one reading at a time, and keep the last good identity when one fails. */
export function cachedCredentials(options: CachedCredentialsOptions): Credentials {
  const { server, namespace, load, maxAgeMs = 30_000, loadMs = 5_000, timing = realTiming } = options;
  let last: { readonly identity: Identity; readonly readAgainAt: number } | undefined;
  let reading: Promise<Identity> | undefined;

  const read = (fresh: boolean): Promise<Identity> => {
    reading ??= bounded(load(fresh), loadMs)
      .then(
        read => {
          // The same in other words is the same one: whoever was refused with it must not be told that it has changed.
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

/** After a failed reading the last good identity is used this long before the next try. */
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
