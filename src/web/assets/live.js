/** Shows each change of what the page shows, without a reload; without it the page is what the server last sent. */
import { drawCharts } from './charts.js';

const told = document.querySelector('#live');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
let waitMs = 1000;

/** Adds the viewer's own time to each time that has another zone. */
function showOwnTimes() {
  for (const element of document.querySelectorAll('main time[datetime]')) {
    const at = new Date(element.getAttribute('datetime') ?? '');
    if (!Number.isNaN(at.getTime()))
      element.title = `${at.toLocaleString(undefined, { timeZoneName: 'short' })} (${zone})`;
  }
}

/** Counts down to the start of a sale, by the seconds that pass here. */
function countDown() {
  for (const element of document.querySelectorAll('[data-countdown]')) {
    const base = Number(element.dataset.base ?? performance.now());
    element.dataset.base = String(base);
    element.dataset.left ??= String(
      Date.parse(element.dataset.countdown ?? '') -
        Date.parse(document.querySelector('footer time')?.getAttribute('datetime') ?? ''),
    );
    const left = Math.max(0, Number(element.dataset.left) - (performance.now() - base)) / 1000;
    const [days, hours, minutes, seconds] = [left / 86400, (left / 3600) % 24, (left / 60) % 60, left % 60].map(
      Math.floor,
    );
    element.textContent =
      days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds} s`;
  }
}

/** Takes the newest content of this address, and keeps what is open, scrolled and focused. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const open = [...document.querySelectorAll('details')].map(element => element.open);
  const focused = document.activeElement?.id;
  const editing = document.activeElement?.closest('form') !== null && document.activeElement !== document.body;
  if (editing) return;
  for (const part of ['main', 'footer time']) {
    const [here, there] = [document.querySelector(part), fresh.querySelector(part)];
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  for (const [index, element] of document.querySelectorAll('details').entries()) element.open = open[index] ?? false;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  show();
}

/** The stream of this tab while it is seen: a browser opens six connections to a host, for all its tabs together. */
let stream;

function follow() {
  if (document.hidden || stream !== undefined) return;
  const events = new EventSource('/events');
  stream = events;
  events.addEventListener('open', () => {
    waitMs = 1000;
    if (told) told.textContent = 'Live.';
  });
  events.addEventListener('changed', () => void refresh().catch(() => undefined));
  events.addEventListener('error', () => {
    events.close();
    stream = undefined;
    if (told) told.textContent = `The operator does not answer; asked again in ${Math.round(waitMs / 1000)} s.`;
    setTimeout(follow, waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(60_000, waitMs * 2);
  });
}

function show() {
  showOwnTimes();
  countDown();
  drawCharts(document);
}

show();
if (document.querySelector('nav')) {
  setInterval(countDown, 1000);
  follow();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
      return;
    }
    void refresh().catch(() => undefined);
    follow();
  });
}
