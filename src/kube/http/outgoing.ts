import type { Identity, TlsIdentity } from './credentials.ts';
import type { ApiCall } from './transport.ts';

/** One HTTP request, ready to be sent. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly tls: TlsIdentity;
  readonly body: Buffer | undefined;
}

/** Builds the HTTP request of a call: adds the server's address, with its path prefix, and the identity's headers. */
export function toOutgoing(call: ApiCall, server: string, identity: Identity): Outgoing {
  const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
  const headers = toHeaders(call, body, identity);
  return { url: toUrl(server, call), method: call.method, headers, tls: identity.tls, body };
}

function toUrl(server: string, call: ApiCall): URL {
  const url = new URL(server);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${call.path}`;
  for (const [key, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  return url;
}

/**
 * Sends no Accept-Encoding: compressing a list costs the server more than it saves on loopback or within a data centre.
 */
function toHeaders(call: ApiCall, body: Buffer | undefined, identity: Identity): Record<string, string | string[]> {
  const own = Object.entries(identity.headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  const headers: Record<string, string | string[]> = {
    Accept: 'application/json',
    'User-Agent': 'headstart',
    ...Object.fromEntries(own),
  };
  if (body === undefined) return headers;
  headers['Content-Type'] = call.contentType ?? 'application/json';
  headers['Content-Length'] = String(body.length);
  return headers;
}
