import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { calendarView } from '../views/calendar-view.ts';
import { operatorView } from '../views/operator-view.ts';
import { saleView } from '../views/sale-view.ts';
import { servicesView, serviceView } from '../views/service-view.ts';
import { type Named, PageError, sourceOf, type Visit } from './guard.ts';
import type { PageContext } from './page-context.ts';

type Handle = (visit: Visit) => Promise<unknown>;
/** Registers a route that only a known viewer gets an answer from. */
export type Guarded = (path: string, handle: Handle) => void;

/** Registers the data behind each view, as JSON with an ETag, under /api/v1. */
export function registerJson(context: PageContext, guarded: Guarded): void {
  const lists = { calendar: calendarView, services: servicesView, operator: operatorView };
  for (const [name, makeView] of Object.entries(lists))
    guarded(`/api/v1/${name}`, async visit => {
      const source = await visit.source();
      return sendJson(visit.request, visit.reply, makeView(source, source.namespaces()));
    });
  guarded('/api/v1/sales/:namespace/:name', async ({ viewer, request, reply }) => {
    const { namespace, name } = request.params as Named;
    const source = await sourceOf(context, viewer, { namespace, resource: 'flashsales' });
    return sendJson(request, reply, found(saleView(source, { namespace, name }), name));
  });
  guarded('/api/v1/services/:namespace/:name', async ({ viewer, request, reply }) => {
    const { namespace, name } = request.params as Named;
    const source = await sourceOf(context, viewer, { namespace, resource: 'scalingtargets' });
    return sendJson(request, reply, found(serviceView(source, namespace, name), name));
  });
}

/** @throws PageError 404 when there is no view */
export function found<T>(view: T | undefined, name: string): T {
  if (view === undefined) throw new PageError(404, `Nothing is called ${name} in this namespace.`);
  return view;
}

/** Sends a view, or 304 where the caller has it: the time it was made at does not count. */
function sendJson(request: FastifyRequest, reply: FastifyReply, view: { readonly asOf: number }): FastifyReply {
  const { asOf, ...rest } = view;
  const tag = `"${createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', tag);
  if (hasTag(request.headers['if-none-match'], tag)) return reply.status(304).send();
  return reply.send({ version: 'v1', asOf, ...rest });
}

/** Whether a list of tags has this one; a proxy that compresses answers marks it as weak. */
function hasTag(stated: string | undefined, tag: string): boolean {
  return (stated ?? '').split(',').some(one => one.trim().replace(/^W\//, '') === tag);
}

/** The type of the server that the routes are registered on. */
export type PageServer = FastifyInstance;
