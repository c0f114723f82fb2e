import type { ServerResponse } from 'node:http';
import type { PageSource } from '../page-source.ts';

/** Most viewers that are told of changes at once; further ones reload by hand. */
const mostViewers = 200;
const lookMs = 1_000;
/** Milliseconds between signs of life, below the idle limit of common proxies. */
const aliveMs = 25_000;

/** Tells open pages that something has changed, at most once a second. */
export class ChangeStream {
  readonly #source: Pick<PageSource, 'revision'>;
  readonly #viewers = new Set<ServerResponse>();
  readonly #timers: readonly NodeJS.Timeout[];
  #told: number;

  constructor(source: Pick<PageSource, 'revision'>) {
    this.#source = source;
    this.#told = source.revision;
    this.#timers = [setInterval(() => this.#look(), lookMs), setInterval(() => this.#send(': alive\n\n'), aliveMs)];
    for (const timer of this.#timers) timer.unref();
  }

  /** Number of open pages. */
  get size(): number {
    return this.#viewers.size;
  }

  /** Whether another page may follow. */
  get hasRoom(): boolean {
    return this.#viewers.size < mostViewers;
  }

  /** Sends changes as server-sent events until the page goes. */
  follow(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 5000\n\n');
    this.#viewers.add(response);
    response.once('close', () => this.#viewers.delete(response));
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const response of this.#viewers) response.end();
  }

  #look(): void {
    if (this.#source.revision === this.#told) return;
    this.#told = this.#source.revision;
    this.#send(`event: changed\ndata: ${this.#told}\n\n`);
  }

  /** Drops a page that does not read what it was sent, so that it cannot fill the memory. */
  #send(text: string): void {
    for (const response of this.#viewers)
      if (!response.write(text) && response.writableLength > 65_536) response.destroy();
  }
}
