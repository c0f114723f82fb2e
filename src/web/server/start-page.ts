import { readFile } from 'node:fs/promises';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formBody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fastify from 'fastify';
import type { Clock } from '../../api/clock.ts';
import type { Connection } from '../../kube/connect.ts';
import { splitAddress } from '../../operator/settings/listen-address.ts';
import { addressRanges, isLoopback, type PageSettings } from '../../operator/settings/page-settings.ts';
import { createIdentify, namedByProxy } from '../access/identify.ts';
import { createAccessReviews } from '../access/review-access.ts';
import { createSessions } from '../access/session.ts';
import { viewerName } from '../access/viewer.ts';
import type { PageSource } from '../page-source.ts';
import { readAssets } from './asset-files.ts';
import { ChangeStream } from './change-stream.ts';
import { PageError, sendFailure, tellFailure, visitOf } from './guard.ts';
import { type Guarded, registerJson } from './json-routes.ts';
import type { PageContext } from './page-context.ts';
import { registerPages } from './page-routes.ts';
import { registerSessions } from './session-routes.ts';
import { SharedContent } from './shared-content.ts';

/** Where and to whom the page is served. */
export interface PageServerOptions {
  /** `host:port` or `:port`. */
  readonly address: string;
  readonly settings: PageSettings;
  readonly source: PageSource;
  readonly connection: Pick<Connection, 'transport' | 'withToken'>;
  /** Wall clock: cookies and answers about access expire by it. */
  readonly clock: Clock;
  /** Called with what failed and is no fault of the viewer's. */
  readonly onError?: (error: unknown) => void;
}

/** A page that is served. */
export interface RunningPage {
  /** Address to open in a browser. */
  readonly url: string;
  close(): Promise<void>;
}

/** Milliseconds that the event loop may be late before the page answers 503: reconciles go first. */
const mostLateMs = 400;

/**
 * Serves the page.
 *
 * @throws Error when the address cannot be listened on; RangeError when the key of the cookies is too short
 */
export async function startPage(options: PageServerOptions): Promise<RunningPage> {
  const { address, onError = () => {} } = options;
  const { server, close } = await createPage(options);
  server.addHook('onError', async (_request, _reply, error) => {
    if (!(error instanceof PageError) && (error.statusCode ?? 500) >= 500) onError(error);
  });
  const { host, port: asked } = splitAddress(address);
  await server.listen({ port: asked, host: host === '' ? '::' : host });
  const [listening] = server.addresses();
  const port = typeof listening === 'object' ? listening.port : 0;
  return {
    url: `http://${host === '' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}/`,
    close,
  };
}

/** Makes the server of the page, without listening. */
export async function createPage({ address, settings, source, connection, clock }: PageServerOptions) {
  const sessions =
    settings.cookieKeyFile === undefined ? undefined : createSessions(await readFile(settings.cookieKeyFile));
  const reviews = createAccessReviews(connection, clock);
  const isSecure = !isLoopback(address);
  const context: PageContext = {
    shared: new SharedContent(source),
    source,
    reviews,
    sessions,
    connection,
    wallNow: () => clock.now(),
    isSecure,
  };
  const proxy = settings.proxy && { ...settings.proxy, from: addressRanges(settings.proxy.from) };
  const identify = createIdentify({
    reviews,
    now: () => clock.now(),
    isSecure,
    ...(sessions === undefined ? {} : { sessions }),
    ...(proxy === undefined ? {} : { proxy }),
  });
  const server = fastify({
    bodyLimit: 65_536,
    requestTimeout: 10_000,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
  });
  await server.register(underPressure, { maxEventLoopDelay: mostLateMs, retryAfter: 5 });
  await server.register(rateLimit, {
    max: 1200,
    timeWindow: 60_000,
    // All viewers behind a proxy come from its address: there each has an allowance of their own.
    keyGenerator: request => (proxy === undefined ? undefined : namedByProxy(request, proxy)?.user) ?? request.ip,
  });
  await server.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isSecure,
  });
  await server.register(cookie);
  await server.register(formBody);
  await server.register(csrf, {
    // The prefix keeps a neighbouring host from setting a secret that it knows.
    cookieKey: isSecure ? '__Host-headstart-csrf' : 'headstart-csrf',
    cookieOpts: { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/' },
  });

  for (const [path, { type, body }] of readAssets())
    server.get(path, async (_, reply) => reply.type(type).header('cache-control', 'public, max-age=300').send(body));

  const changes = new ChangeStream(source);
  const guarded: Guarded = (path, handle) =>
    // An answer to HEAD would follow for ever, unseen.
    server.get(path, { exposeHeadRoute: path !== '/events' }, async (request, reply) => {
      const viewer = await identify(request);
      void reply.header('cache-control', 'no-store');
      if (viewer !== undefined) return handle(visitOf(context, viewer, { request, reply }));
      const isPage = !path.startsWith('/api/') && path !== '/events';
      if (sessions !== undefined && isPage)
        return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
      throw new PageError(
        401,
        sessions === undefined
          ? 'Nobody is known here: come by the proxy that says who you are, or open the page by its loopback address.'
          : 'Log in at /login.',
      );
    });
  guarded('/events', async ({ viewer, reply }) => {
    const user = viewerName(viewer);
    if (!changes.hasRoomFor(user)) throw new PageError(503, 'Too many pages follow: reload by hand.');
    reply.hijack();
    changes.follow(reply.raw, user);
    return reply;
  });
  registerPages(context, guarded);
  registerJson(context, guarded);
  registerSessions(server, context, identify);

  server.setNotFoundHandler((request, reply) =>
    sendFailure(request, reply, new PageError(404, `There is no page ${request.url.slice(0, 200)}.`)),
  );
  server.setErrorHandler((error: Error, request, reply) => sendFailure(request, reply, tellFailure(error)));
  return {
    server,
    close: async () => {
      changes.close();
      await server.close();
    },
  };
}
