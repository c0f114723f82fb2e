import { formatDuration } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { formatNumber } from '../../report/format-number.ts';
import { type Html, html } from '../../report/html/html.ts';
import { formatClock, formatDay, formatShortDay, formatWeekday } from '../../report/local-time.ts';

/** A time in a zone, with the date; scripts add the viewer's own zone. `epochMs` is domain time. */
export function when(epochMs: number, timeZone: string): Html {
  return html`<time datetime="${formatInstant(epochMs)}">${formatDay(epochMs, timeZone)}, ${formatClock(epochMs, timeZone)} ${timeZone}</time>`;
}

/** A time of day in a zone. */
export function clock(epochMs: number, timeZone: string): Html {
  return html`<time datetime="${formatInstant(epochMs)}">${formatClock(epochMs, timeZone)}</time>`;
}

/** A time in a table: day and time of day, with the zone to be read below it. */
export function shortWhen(epochMs: number, timeZone: string): Html {
  return html`<time datetime="${formatInstant(epochMs)}">${formatWeekday(epochMs, timeZone)} ${formatShortDay(epochMs, timeZone)}, ${formatClock(epochMs, timeZone)}</time>`;
}

/** How far an instant is from `now`: `in 2 h 5 min`, `3 d 4 h ago`. */
export function away(epochMs: number, now: number): string {
  const seconds = Math.round((epochMs - now) / 1000);
  if (Math.abs(seconds) < 1) return 'now';
  const coarse = Math.abs(seconds) < 600 ? seconds : Math.round(seconds / 60) * 60;
  return coarse > 0 ? `in ${formatDuration(coarse)}` : `${formatDuration(-coarse)} ago`;
}

/** A percentage of an ordinary minute as a multiple: 580 → `5.8×`. */
export function times(percent: number): string {
  return `${formatNumber(percent / 100)}×`;
}

const verdictWords: Readonly<Record<string, string>> = {
  Go: 'Go',
  NotDue: 'Not due yet',
  AtRisk: 'At risk',
  NoGo: 'No go',
};

/** A verdict as a badge: a sign and a word, so that colour alone says nothing. */
export function verdictBadge(verdict: string | undefined): Html {
  if (verdict === undefined) return html`<span class="badge quiet">not judged</span>`;
  const signs: Readonly<Record<string, string>> = { Go: '✓', NotDue: '…', AtRisk: '!', NoGo: '✕' };
  return html`<span class="badge ${verdict.toLowerCase()}"><span aria-hidden="true">${ownValue(signs, verdict) ?? '?'}</span> ${ownValue(verdictWords, verdict) ?? verdict}</span>`;
}

/** Bounds as `12..48`. */
export function bounds(given: { readonly minReplicas: number; readonly maxReplicas: number } | undefined): string {
  return given === undefined ? '–' : `${formatNumber(given.minReplicas)}..${formatNumber(given.maxReplicas)}`;
}
