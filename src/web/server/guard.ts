import type { FastifyReply, FastifyRequest } from 'fastify';
import { TransportError } from '../../kube/api-error.ts';
import type { Part } from '../../report/html/html.ts';
import { limitSource } from '../access/limit-source.ts';
import type { Viewer } from '../access/viewer.ts';
import { viewerName } from '../access/viewer.ts';
import { page } from '../html/layout.ts';
import { errorPage } from '../html/login-page.ts';
import type { PageSource } from '../page-source.ts';
import type { PageContext } from './page-context.ts';

/** The object that a path names. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** A request of a known viewer. */
export interface Visit {
  readonly viewer: Viewer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What the viewer may list, of all namespaces. */
  readonly source: () => Promise<PageSource>;
}

/** A failure that the viewer is told with a status. */
export class PageError extends Error {
  readonly code = 'HEADSTART_PAGE';
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Age in seconds from which caches are told to be stale. */
const staleAfterSeconds = 120;

/** Makes a visit of a request whose viewer is known. */
export function visitOf(
  context: PageContext,
  viewer: Viewer,
  at: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Visit {
  const { source, reviews } = context;
  return { viewer, ...at, source: () => limitSource(source, reviews, { viewer, namespaces: source.namespaces() }) };
}

/**
 * Returns what a viewer may list of one namespace.
 *
 * @throws PageError 404 for a namespace that is not there or that the viewer may not see: neither is told apart
 */
export async function sourceOf(
  { source, reviews }: PageContext,
  viewer: Viewer,
  { namespace, resource }: { readonly namespace: string; readonly resource: 'flashsales' | 'scalingtargets' },
): Promise<PageSource> {
  const isKnown = source.namespaces().includes(namespace);
  if (isKnown && (await reviews.may(viewer, { verb: 'list', resource, namespace })))
    return limitSource(source, reviews, { viewer, namespaces: [namespace] });
  throw new PageError(404, `Nothing is called so, or you may not list ${resource} in namespace ${namespace}.`);
}

/** Sends a page around its content. */
export async function sendPage(
  context: PageContext,
  { viewer, reply }: Pick<Visit, 'viewer' | 'reply'>,
  { title, current, content }: { readonly title: string; readonly current: string; readonly content: readonly Part[] },
): Promise<FastifyReply> {
  const ages = context.source.caches().map(({ ageMs }) => ageMs / 1000);
  const oldest = Math.max(0, ...ages);
  const frame = {
    title,
    current,
    viewer: viewerName(viewer),
    asOf: context.source.now(),
    staleSeconds: oldest > staleAfterSeconds ? oldest : undefined,
    csrf: viewer.kind === 'Token' ? reply.generateCsrf() : undefined,
  };
  return reply.type('text/html; charset=utf-8').send(page(frame, ...content));
}

/** Words a failure for the viewer; what is no fault of theirs is told without its details, which may name servers. */
export function tellFailure(error: Error & { readonly statusCode?: number }): PageError {
  if (error instanceof PageError) return error;
  if (error instanceof TransportError)
    return new PageError(503, 'The API server does not answer, so it cannot say who may see this: try again soon.');
  const { statusCode = 500, message } = error;
  if (statusCode < 500) return new PageError(statusCode, message);
  return new PageError(503, 'The operator could not answer: look at its log, and try again.');
}

/** Sends a failure as JSON or as a page, as it was asked for. */
export function sendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  { statusCode, message }: PageError,
): FastifyReply {
  void reply.status(statusCode);
  if (request.url.startsWith('/api/') || request.url === '/events') return reply.send({ error: message });
  const title = statusCode === 404 ? 'Not found' : statusCode === 403 ? 'Not allowed' : 'It did not work';
  return reply.type('text/html; charset=utf-8').send(page({ title, current: '' }, errorPage(title, message)));
}
