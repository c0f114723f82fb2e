import { html, type Part } from '../../report/html/html.ts';

/** Renders the form that takes the viewer's own token. */
export function loginPage({
  csrf,
  fault,
  next,
}: {
  readonly csrf: string;
  readonly fault?: string | undefined;
  readonly next: string;
}): Part {
  return [
    html`<h1>Log in</h1>`,
    fault !== undefined && html`<p class="notice bad" role="alert">${fault}</p>`,
    html`<form class="login" method="post" action="/login"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="next" value="${next}">
<label for="token">Your bearer token for the cluster</label>
<input id="token" name="token" type="password" autocomplete="off" required maxlength="16384" aria-describedby="token-help">
<p id="token-help" class="quiet">For example of <code>kubectl create token NAME -n NAMESPACE</code>. You see what it may read; it is kept sealed in a cookie of this browser until it expires, at most eight hours.</p>
<button class="primary">Log in</button></form>`,
  ];
}

/** Renders a failure: what happened, and what to do. */
export function errorPage(title: string, sentence: string): Part {
  return [html`<h1>${title}</h1>`, html`<p>${sentence}</p>`, html`<p><a href="/">To the calendar</a></p>`];
}
