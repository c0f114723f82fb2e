import { type Html, html, type Part } from '../../report/html/html.ts';
import type { PageSource } from '../page-source.ts';

/** Milliseconds for which what was made is shown to others, as long as nothing has changed. */
const sharedMs = 1_000;
/** Most contents that are kept. */
const mostKept = 64;

/** Contents of views, made once for all who see the same: a change brings all open pages at once. */
export class SharedContent {
  readonly #source: Pick<PageSource, 'revision' | 'now'>;
  readonly #kept = new Map<string, { readonly revision: number; readonly at: number; readonly content: Html }>();

  constructor(source: Pick<PageSource, 'revision' | 'now'>) {
    this.#source = source;
  }

  /** Returns what `make` renders, or what it rendered for the same view (`key`) of a source of the same scope just now. */
  of({ scope = '' }: Pick<PageSource, 'scope'>, key: string, make: () => Part): Html {
    const [revision, at] = [this.#source.revision, this.#source.now()];
    const name = JSON.stringify([scope, key]);
    const kept = this.#kept.get(name);
    if (kept?.revision === revision && Math.abs(at - kept.at) < sharedMs) return kept.content;
    const content = html`${make()}`;
    this.#kept.delete(name);
    this.#kept.set(name, { revision, at, content });
    for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
    return content;
  }
}
