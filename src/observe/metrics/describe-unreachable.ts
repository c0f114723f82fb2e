import { ownValue } from '../../api/names/own-value.ts';

/** What happened and where to look, by Node's error code. */
const happened: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing listens on that port',
  ENOTFOUND: 'is not known by that name: look at the address and the DNS',
  EAI_AGAIN: 'could not be looked up: the DNS did not answer',
  ECONNRESET: 'closed the connection without a whole answer',
  EPIPE: 'closed the connection without a whole answer',
  UND_ERR_SOCKET: 'closed the connection without a whole answer',
  EHOSTUNREACH: 'has no route to it: look at the network policy',
  ENETUNREACH: 'has no route to it: look at the network policy',
  ETIMEDOUT: 'took no connection in time: look at the network policy',
  UND_ERR_CONNECT_TIMEOUT: 'took no connection in time: look at the network policy',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that nobody known has signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate that nobody known has signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that nobody known has signed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate that nobody known has signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS: write http instead of https',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'does not speak TLS: write http instead of https',
  EPROTO: 'does not speak TLS as expected: look at http and https in the address',
  HPE_INVALID_CONSTANT: 'does not speak HTTP: look at the port',
  UND_ERR_HEADERS_OVERFLOW: 'sent more headers than are read',
};

/**
 * Describes a request that got no answer, as a sentence about `url`. `isLate`: our own timeout ended it; `isBegun`:
 * part of the answer had arrived.
 */
export function describeUnreachable(
  url: URL,
  cause: unknown,
  state: { readonly timeoutSeconds: number; readonly isLate: boolean; readonly isBegun: boolean },
): string {
  if (state.isLate) {
    const what = state.isBegun ? 'sent only a part of its answer' : 'did not answer';
    return `${url.origin} ${what} within ${state.timeoutSeconds} s.`;
  }
  const { code, message } = rootOf(cause);
  if (/bad port/i.test(message)) {
    return `${url.origin} cannot be asked: HTTP clients refuse port ${url.port} (bad port), serve the store on another.`;
  }
  const known = code === undefined ? undefined : ownValue(happened, code);
  if (known !== undefined) return `${url.origin} ${known} (${code}).`;
  const why = code === undefined || message.includes(code) ? message : `${message} (${code})`;
  return `${url.origin} ${state.isBegun ? 'broke off its answer' : 'could not be reached'}: ${why}.`;
}

/**
 * Finds the underlying error: fetch reports "fetch failed" and keeps the reason in `cause`, as a list for several
 * addresses.
 */
function rootOf(cause: unknown): { readonly code?: string; readonly message: string } {
  if (!(cause instanceof Error)) return { message: String(cause) };
  const below = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  if (below instanceof Error) {
    const root = rootOf(below);
    if (root.code !== undefined || !('code' in cause)) return root;
  }
  return 'code' in cause && typeof cause.code === 'string'
    ? { code: cause.code, message: cause.message }
    : { message: cause.message };
}
