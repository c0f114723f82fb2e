import { escapeText } from '../escape-text.ts';

/** A piece of HTML that is safe to send. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, pieces of HTML are not, lists are joined, nothing is left out. */
export type Part = string | number | Html | undefined | false | readonly Part[];

/** Builds HTML from a template literal; every text in it is escaped. Attributes are to be quoted. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${render(parts[index - 1])}${string}`));
}

/** Marks HTML that was made by a renderer of ours as safe. */
export function rendered(text: string): Html {
  return new Html(text);
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeText(`${part}`);
}
