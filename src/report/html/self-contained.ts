import { html, type Part, rendered } from './html.ts';
import { pageStyle } from './page-style.ts';

/** Renders content as one file: its style inside, no script, nothing to download. */
export function selfContained(title: string, content: Part): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><style>${rendered(pageStyle)}</style></head>
<body><main>${content}</main></body>
</html>
`.text;
}
