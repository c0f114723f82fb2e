import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApiCall } from '../../../src/kube/http/transport.ts';
import type { PageSettings } from '../../../src/operator/settings/page-settings.ts';
import type { PageSource } from '../../../src/web/page-source.ts';
import { createPage } from '../../../src/web/server/start-page.ts';
import { scriptedContext } from '../shop/scripted-context.ts';

/** What an API server knows: users by their token, and what each may do. */
export interface KnownUsers {
  readonly users?: Readonly<Record<string, string>>;
  readonly may?: (
    user: string,
    attributes: { readonly verb: string; readonly namespace: string; readonly resource: string },
  ) => boolean;
  /** Answers every other call. */
  readonly answer?: (call: ApiCall) => object;
}

/** Answers a TokenReview or a SubjectAccessReview by these users; undefined for every other call. */
export function answerReview(
  { path: asked, body }: ApiCall,
  { users = {}, may = () => true }: Pick<KnownUsers, 'users' | 'may'>,
): object | undefined {
  const { spec } = (body ?? {}) as {
    readonly spec?: { readonly token?: string; readonly user?: string; readonly resourceAttributes?: never };
  };
  if (asked.endsWith('/tokenreviews')) {
    const username = Object.hasOwn(users, spec?.token ?? '') ? users[spec?.token ?? ''] : undefined;
    return { status: username === undefined ? {} : { authenticated: true, user: { username } } };
  }
  if (asked.endsWith('/subjectaccessreviews'))
    return { status: { allowed: may(spec?.user ?? '', spec?.resourceAttributes ?? ({} as never)) } };
  return undefined;
}

/** The server of a page before an API server that knows these users. */
export async function openPage(
  source: PageSource,
  { users = {}, may = () => true, answer = () => ({}) }: KnownUsers = {},
  options: { readonly address?: string; readonly settings?: PageSettings } = {},
) {
  const calls: ApiCall[] = [];
  const { connection } = scriptedContext(call => {
    calls.push(call);
    return answerReview(call, { users, may }) ?? answer(call);
  });
  const page = await createPage({
    address: options.address ?? '127.0.0.1:0',
    settings: options.settings ?? {},
    source,
    connection,
    clock: { now: () => source.now(), monotonicMs: () => 0, sleep: async () => {} },
  });
  return { ...page, calls };
}

/** A file with a key that seals cookies. */
export function cookieKeyFile(bytes = 32): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'headstart-page-')), 'key');
  writeFileSync(file, Buffer.alloc(bytes, 7));
  return file;
}

type Page = Awaited<ReturnType<typeof openPage>>;

/** Opens the login form, and returns its CSRF token with the cookies that it came with. */
export async function readForm(page: Page, url: string, cookies: Readonly<Record<string, string>> = {}) {
  const { body, cookies: set } = await page.server.inject({ url, cookies: { ...cookies } });
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  return { csrf, body, cookies: { ...cookies, ...Object.fromEntries(set.map(({ name, value }) => [name, value])) } };
}

/** Sends a form as a browser does. */
export function sendForm(
  page: Page,
  url: string,
  given: { readonly fields: Readonly<Record<string, string>>; readonly cookies: Readonly<Record<string, string>> },
) {
  return page.server.inject({
    method: 'POST',
    url,
    cookies: { ...given.cookies },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...given.fields }).toString(),
  });
}

/** Logs in with a token, and returns the cookies. */
export async function logIn(page: Page, token: string): Promise<Readonly<Record<string, string>>> {
  const { csrf, cookies } = await readForm(page, '/login');
  const { cookies: set } = await sendForm(page, '/login', { fields: { _csrf: csrf, token, next: '/' }, cookies });
  return { ...cookies, ...Object.fromEntries(set.map(({ name, value }) => [name, value])) };
}
