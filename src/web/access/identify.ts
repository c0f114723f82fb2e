import { createHash } from 'node:crypto';
import type { BlockList } from 'node:net';
import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { ownValue } from '../../api/names/own-value.ts';
import type { AccessReviews } from './review-access.ts';
import type { Sessions } from './session.ts';
import type { KnownViewer, Viewer } from './viewer.ts';

/** How viewers are known; with neither sessions nor a proxy, everybody on loopback is local. */
export interface Identification {
  readonly reviews: Pick<AccessReviews, 'whoHas'>;
  readonly sessions?: Sessions;
  readonly proxy?: AuthenticatingProxy;
  /** Epoch ms of the wall clock. */
  readonly now: () => number;
  /** Whether the page is reached over TLS alone. */
  readonly isSecure: boolean;
}

/** A proxy that says who its viewers are. */
export interface AuthenticatingProxy {
  readonly userHeader: string;
  /** Absent where the proxy states no groups: a header of the viewer's own would pass through it. */
  readonly groupsHeader?: string | undefined;
  readonly from: BlockList;
}

/**
 * Name of the cookie that holds the sealed token. Over TLS it begins with `__Host-`: browsers then take it from this very
 * host alone, so that no neighbour under the same domain can set another.
 */
export function sessionCookie({ isSecure }: { readonly isSecure: boolean }): string {
  return isSecure ? '__Host-headstart-session' : 'headstart-session';
}
const keptMs = 30_000;
const mostKept = 1_000;
const localHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * Creates the function that says who sends a request.
 *
 *   the request                                         →  the viewer
 *   from an address of the proxy, with its user header     that user
 *   with a cookie that this key has sealed                 the user of the token in it, as the API server says
 *   on loopback, by a loopback name, with no login set     local
 *   anything else                                          undefined: nobody
 */
export function createIdentify(how: Identification): (request: FastifyRequest) => Promise<Viewer | undefined> {
  const known = new Map<string, { readonly until: number; readonly viewer: Promise<KnownViewer | undefined> }>();
  const ask = (token: string): Promise<KnownViewer | undefined> => {
    const key = createHash('sha256').update(token).digest('base64');
    const kept = known.get(key);
    if (kept !== undefined && kept.until > how.now()) return kept.viewer;
    if (known.size >= mostKept) known.clear();
    const viewer = how.reviews.whoHas(token);
    known.set(key, { until: how.now() + keptMs, viewer });
    viewer.catch(() => known.delete(key));
    return viewer;
  };
  return async request => {
    const { sessions, proxy, now } = how;
    const named = proxy === undefined ? undefined : namedByProxy(request, proxy);
    if (named !== undefined) return named;
    const cookie = ownValue(request.cookies, sessionCookie(how));
    const token = sessions === undefined || cookie === undefined ? undefined : await sessions.open(cookie, now());
    if (token !== undefined) return ask(token);
    // A name that is not of this machine is a page elsewhere that points its own name here.
    const isOpen = sessions === undefined && proxy === undefined && localHost.test(request.headers.host ?? '');
    return isOpen ? { kind: 'Local' } : undefined;
  };
}

/** The user that a proxy names; undefined for a request from elsewhere, or for a name of the cluster's own. */
export function namedByProxy(
  { headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>,
  { userHeader, groupsHeader, from }: AuthenticatingProxy,
): KnownViewer | undefined {
  const { remoteAddress = '', remoteFamily } = socket;
  const mapped = remoteAddress.startsWith('::ffff:') ? remoteAddress.slice(7) : undefined;
  const isProxy = from.check(
    mapped ?? remoteAddress,
    mapped === undefined && remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4',
  );
  const user = ownValue(headers, userHeader);
  if (!isProxy || typeof user !== 'string' || user === '' || user.startsWith('system:')) return undefined;
  const groups = [(groupsHeader && ownValue(headers, groupsHeader)) ?? []].flat().flatMap(text => text.split(','));
  const own = groups.map(group => group.trim()).filter(group => group !== '' && !group.startsWith('system:'));
  return { kind: 'Proxy', user, groups: [...own, 'system:authenticated'] };
}
