import { formatInstant } from '../../api/instant.ts';
import { html, type Part } from '../../report/html/html.ts';

/** What every page has. */
export interface Frame {
  readonly title: string;
  /** Path of the view in the navigation that is shown as current. */
  readonly current: string;
  /** Name of the viewer; absent where nobody has to log in. */
  readonly viewer?: string | undefined;
  /** Epoch ms of what is shown; absent on pages without data. */
  readonly asOf?: number | undefined;
  /** Age in seconds of the oldest cache, told when it is too old. */
  readonly staleSeconds?: number | undefined;
  /** Token that a log-out needs; absent where nobody is logged in. */
  readonly csrf?: string | undefined;
}

const views = [
  ['/', 'Calendar'],
  ['/services', 'Services'],
  ['/operator', 'Operator'],
] as const;

/** Renders a whole page: navigation, state of the data, and the content. */
export function page({ title, current, viewer, asOf, staleSeconds, csrf }: Frame, ...content: readonly Part[]): string {
  const links = views.map(
    ([path, name]) => html`<li><a href="${path}"${path === current ? html` aria-current="page"` : ''}>${name}</a></li>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Headstart</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/uplot.css">
<link rel="stylesheet" href="/assets/page.css">
<script type="module" src="/assets/live.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/">Headstart</a>
<nav aria-label="Views"><ul>${links}</ul></nav>
${viewer === undefined ? '' : csrf === undefined ? html`<div class="viewer"><span>${viewer}</span></div>` : html`<form class="viewer" method="post" action="/logout"><input type="hidden" name="_csrf" value="${csrf}"><span>${viewer}</span> <button>Log out</button></form>`}
</header>
<main id="content" tabindex="-1"${staleSeconds === undefined ? '' : html` class="stale"`}>
${staleSeconds === undefined ? '' : html`<p class="notice" role="status">The API server has not answered for ${Math.round(staleSeconds)} s. This is what was last known.</p>`}
${content}
</main>
<footer><p>${asOf === undefined ? '' : html`As of <time datetime="${formatInstant(asOf)}">${formatInstant(asOf)}</time>. `}<span id="live" role="status">Reload to see what has changed.</span></p></footer>
</body>
</html>
`.text;
}
