import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { calendarView } from '../views/calendar-view.ts';
import { operatorView } from '../views/operator-view.ts';
import { saleView } from '../views/sale-view.ts';
import { servicesView, serviceView } from '../views/service-view.ts';
import { assertVisible, PageError, type Visit } from './guard.ts';
import type { PageContext } from './page-context.ts';

type Handle = (visit: Visit) => Promise<unknown>;
/** Registers a route that only a known viewer gets an answer from. */
export type Guarded = (path: string, handle: Handle) => void;

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Registers the data behind each view, as JSON with an ETag, under /api/v1. */
export function registerJson(context: PageContext, guarded: Guarded): void {
  const { source } = context;
  guarded('/api/v1/calendar', async ({ namespaces, request, reply }) =>
    sendJson(request, reply, calendarView(source, await namespaces())),
  );
  guarded('/api/v1/services', async ({ namespaces, request, reply, viewer }) =>
    sendJson(request, reply, servicesView(source, await readableServices(context, viewer, await namespaces()))),
  );
  guarded('/api/v1/operator', async ({ namespaces, request, reply }) =>
    sendJson(request, reply, operatorView(source, await namespaces())),
  );
  guarded('/api/v1/sales/:namespace/:name', async ({ viewer, request, reply }) => {
    const { namespace, name } = request.params as Named;
    await assertVisible(context, viewer, namespace, 'flashsales');
    return sendJson(request, reply, found(saleView(source, namespace, name), name));
  });
  guarded('/api/v1/services/:namespace/:name', async ({ viewer, request, reply }) => {
    const { namespace, name } = request.params as Named;
    await assertVisible(context, viewer, namespace, 'scalingtargets');
    return sendJson(request, reply, found(serviceView(source, namespace, name), name));
  });
}

/** @throws PageError 404 when there is no view */
export function found<T>(view: T | undefined, name: string): T {
  if (view === undefined) throw new PageError(404, `Nothing is called ${name} in this namespace.`);
  return view;
}

/** The namespaces whose services a viewer may list. */
export async function readableServices(
  { reviews }: PageContext,
  viewer: Visit['viewer'],
  namespaces: readonly string[],
): Promise<readonly string[]> {
  const answers = await Promise.all(
    namespaces.map(namespace => reviews.may(viewer, { verb: 'list', resource: 'scalingtargets', namespace })),
  );
  return namespaces.filter((_, index) => answers[index]);
}

/** Sends a view, or 304 where the caller has it: the time it was made at does not count. */
function sendJson(request: FastifyRequest, reply: FastifyReply, view: { readonly asOf: number }): FastifyReply {
  const { asOf, ...rest } = view;
  const tag = `"${createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', tag);
  if (request.headers['if-none-match'] === tag) return reply.status(304).send();
  return reply.send({ version: 'v1', asOf, ...rest });
}

/** The type of the server that the routes are registered on. */
export type PageServer = FastifyInstance;
