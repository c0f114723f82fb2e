import type { ServerResponse } from 'node:http';
import type { PageSource } from '../page-source.ts';

/** Most pages that are told of changes at once; further ones reload by hand. */
const mostPages = 200;
/** Most pages of one user: nobody takes the room of all others. */
const mostOfUser = 20;
const lookMs = 1_000;
/** Milliseconds between signs of life, below the idle limit of common proxies. */
const aliveMs = 25_000;

/** Tells open pages that something has changed, at most once a second. */
export class ChangeStream {
  readonly #source: Pick<PageSource, 'revision'>;
  /** Open pages, with the user of each; undefined where nobody logs in. */
  readonly #pages = new Map<ServerResponse, string | undefined>();
  readonly #timers: readonly NodeJS.Timeout[];
  #told: number;

  constructor(source: Pick<PageSource, 'revision'>) {
    this.#source = source;
    this.#told = source.revision;
    this.#timers = [setInterval(() => this.#look(), lookMs), setInterval(() => this.#send(': alive\n\n'), aliveMs)];
    for (const timer of this.#timers) timer.unref();
  }

  /** Whether another page of this user may follow. */
  hasRoomFor(user: string | undefined): boolean {
    const own = user === undefined ? [] : [...this.#pages.values()].filter(other => other === user);
    return this.#pages.size < mostPages && own.length < mostOfUser;
  }

  /** Sends changes as server-sent events until the page goes. */
  follow(response: ServerResponse, user: string | undefined): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 5000\n\n');
    this.#pages.set(response, user);
    response.once('close', () => this.#pages.delete(response));
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const response of this.#pages.keys()) response.end();
  }

  #look(): void {
    if (this.#source.revision === this.#told) return;
    this.#told = this.#source.revision;
    this.#send(`event: changed\ndata: ${this.#told}\n\n`);
  }

  /** Drops a page that does not read what it was sent, so that it cannot fill the memory. */
  #send(text: string): void {
    for (const response of this.#pages.keys())
      if (!response.write(text) && response.writableLength > 65_536) response.destroy();
  }
}
