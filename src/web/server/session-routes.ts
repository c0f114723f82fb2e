import type { FastifyReply, FastifyRequest } from 'fastify';
import { approvePlan } from '../../approve/approve-plan.ts';
import { isApiError, TransportError } from '../../kube/api-error.ts';
import { sessionCookie } from '../access/identify.ts';
import type { Viewer } from '../access/viewer.ts';
import { page } from '../html/layout.ts';
import { loginPage } from '../html/login-page.ts';
import { PageError } from './guard.ts';
import type { PageServer } from './json-routes.ts';
import type { PageContext } from './page-context.ts';

const maxTokenLength = 16_384;
/** Characters of name and value up to which every browser keeps a cookie. */
const maxCookieLength = 4_096;

/** Registers login, log-out and approval: the only requests that change anything, each with a CSRF token. */
export function registerSessions(
  server: PageServer,
  context: PageContext,
  identify: (request: FastifyRequest) => Promise<Viewer | undefined>,
): void {
  const { sessions } = context;
  if (sessions === undefined) return;
  const showLogin = (reply: FastifyReply, next: string, fault?: string) =>
    reply
      .type('text/html; charset=utf-8')
      .send(page({ title: 'Log in', current: '' }, loginPage({ csrf: reply.generateCsrf(), fault, next })));
  const limited = { preHandler: server.csrfProtection, config: { rateLimit: { max: 20, timeWindow: 60_000 } } };

  const cookieName = sessionCookie(context);
  server.get('/login', async ({ query }, reply) => showLogin(reply, nextOf(query)));
  server.post('/login', limited, async ({ body }, reply) => {
    const next = nextOf(body);
    const token = textOf(body, 'token').trim();
    const isToken = token !== '' && token.length <= maxTokenLength && /^[\x21-\x7e]+$/.test(token);
    const viewer = isToken ? await context.reviews.whoHas(token) : undefined;
    if (viewer === undefined) {
      void reply.status(401);
      return showLogin(reply, next, 'The cluster does not know this token: it is mistyped or has expired.');
    }
    const sealed = await sessions.seal(token, context.wallNow());
    if (cookieName.length + sealed.length > maxCookieLength) {
      void reply.status(400);
      return showLogin(reply, next, describeTooLong(token, sealed));
    }
    void reply.setCookie(cookieName, sealed, {
      httpOnly: true,
      sameSite: 'strict',
      secure: context.isSecure,
      path: '/',
    });
    return reply.redirect(next, 303);
  });
  server.post('/logout', limited, async (_, reply) => {
    void reply.clearCookie(cookieName, { path: '/', secure: context.isSecure });
    return reply.redirect('/login', 303);
  });
  server.post('/approve', limited, async (request, reply) => {
    const viewer = await identify(request);
    if (viewer?.kind !== 'Token' || viewer.token === undefined)
      throw new PageError(401, 'Log in with your own token to approve.');
    const [namespace, name, revision] = ['namespace', 'salePlan', 'revision'].map(key => textOf(request.body, key));
    if (!/^[1-9]\d{0,9}$/.test(revision ?? '') || !namespace || !name)
      throw new PageError(400, 'The form is not whole: open the sale again.');
    await approveAs(context, viewer.token, { namespace, name, revision: Number(revision) });
    return reply.redirect(`/sales/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`, 303);
  });
}

/** Approves with the viewer's own rights. @throws PageError with what the API server or the plan has against it */
async function approveAs(
  { connection, wallNow }: PageContext,
  token: string,
  { namespace, name, revision }: { readonly namespace: string; readonly name: string; readonly revision: number },
): Promise<void> {
  const own = connection.withToken(token);
  try {
    await approvePlan(own, { namespace, name }, { now: wallNow(), revision });
  } catch (error) {
    if (error instanceof TransportError) throw error;
    const isRefused = isApiError(error, 403) || isApiError(error, 401);
    throw new PageError(isRefused ? 403 : 409, error instanceof Error ? error.message : String(error));
  } finally {
    own.close();
  }
}

function describeTooLong(token: string, sealed: string): string {
  const room = Math.floor(maxCookieLength * (token.length / sealed.length));
  return `This token has ${token.length} characters, and a cookie has room for about ${room}: log in with a shorter one, as kubectl create token makes.`;
}

function textOf(body: unknown, key: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Reflect.get(body, key);
  return typeof value === 'string' ? value : '';
}

/** The path to go to after the login: of this page alone. */
function nextOf(given: unknown): string {
  const next = textOf(given, 'next');
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
