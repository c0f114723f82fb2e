import type { EventExplanation, Explanation, ExplanationPart, Season } from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import { formatTable } from '../output/format-table.ts';
import type { ChangeSince } from './forecast-history.ts';
import { formatWidth } from './format-width.ts';

/** Formats the parts of a forecast step: one row per part, then each sale, then the past sales it was learned from. */
export function formatExplanation(explanation: Explanation): string {
  const { at, point, parts, events } = explanation;
  const rows = parts
    .filter(isTold)
    .map(part => [
      nameOf(part),
      part.kind === 'level' ? '' : formatAmount(part.amount, explanation),
      formatDemand(part.runningTotal),
      becauseOf(part, explanation),
    ]);
  const head = `What makes ${formatDemand(point)} at ${formatInstant(at)}\n\n`;
  const table = formatTable([['PART', amountHead(explanation), 'MAKES', 'FROM'], ...rows]);
  return `${head}${table}${events.map(event => formatEvent(event, explanation)).join('')}${formatWidth(explanation)}`;
}

/** Formats why a forecast of a step changed: one line per cause that moves it by at least half a per cent. */
export function formatChange({ since, before, after, changePercent, causes }: ChangeSince): string {
  const told = causes.filter(cause => Math.abs(cause.changePercent) >= 0.5 || cause.kind === 'staleData');
  const rows = told.map(cause => [`  ${formatPercent(cause.changePercent)}`, cause.sentence]);
  const head = `${formatPercent(changePercent)} since ${formatInstant(since)}: ${formatDemand(after)} instead of ${formatDemand(before)}\n`;
  return `${head}${formatTable(rows)}`;
}

const partNames: Readonly<Record<Exclude<ExplanationPart['kind'], 'event'>, string>> = {
  level: 'level',
  lastHour: 'last hour',
  dayProfile: 'time of day',
  week: 'day of the week',
  holiday: 'holiday',
  models: 'models',
};

const eventPartNames: Readonly<Record<EventExplanation['parts'][number]['kind'], string>> = {
  prior: 'any sale',
  pastSales: 'past sales',
  lastMinutes: 'minutes before the start',
  drift: 'growth of late',
  correction: 'live correction',
  statement: 'stated peak',
  rest: 'rest',
};

/** Tells whether a part is shown: parts without effect are left out, except level and profile. */
function isTold({ kind, amount }: ExplanationPart): boolean {
  return kind === 'level' || kind === 'dayProfile' || Math.abs(amount) >= 0.005;
}

function nameOf(part: ExplanationPart): string {
  return part.kind === 'event' ? `sale ${part.event}` : partNames[part.kind];
}

function becauseOf(part: ExplanationPart, explanation: Explanation): string {
  const { origin, at, offsetMs, timeZone, members, seasons, events } = explanation;
  switch (part.kind) {
    case 'level':
      return `the last day, measured until ${formatInstant(origin)}`;
    case 'lastHour':
      return 'what the last hour did otherwise, fading by half in three hours';
    case 'dayProfile':
      return `${formatInstant(at + offsetMs).slice(11, 16)} ${timeZone}; ${describeSeason('day', seasons)}`;
    case 'week':
      return describeSeason('week', seasons);
    case 'holiday':
      return 'the calendar names this day: a Sunday, moved by what past holidays showed';
    case 'models':
      return members
        .slice(0, 3)
        .map(({ name, weight }) => `${name} ${Math.round(100 * weight)} %`)
        .join(', ');
    case 'event':
      return describeEvent(events.find(({ event }) => event === part.event));
  }
}

function describeSeason(name: Season['name'], seasons: readonly Season[]): string {
  const season = seasons.find(one => one.name === name);
  if (season === undefined) return `the history is too short to see whether a ${name} repeats`;
  const evidence = `strength ${season.strength.toFixed(2)}, by chance ${season.chance.toFixed(2)}`;
  return season.found ? `the ${name} repeats: ${evidence}` : `the ${name} hardly repeats: ${evidence}`;
}

function describeEvent(event: EventExplanation | undefined): string {
  const past = event?.pastSales.length ?? 0;
  const count = past === 0 ? 'no past sale' : past === 1 ? '1 past sale' : `${past} past sales`;
  const unseen = (event?.unseen ?? []).map(kind => `, none ${kind}`).join('');
  const statement = event?.statement;
  if (statement === undefined) return `${count}${unseen}; no stated peak`;
  return `${count}${unseen}; stated peak ${statement.peakRatio} times, followed to ${Math.round(100 * statement.trust)} %`;
}

function formatEvent({ event, parts, pastSales, statement }: EventExplanation, explanation: Explanation): string {
  const rows = parts
    .filter(({ amount }) => Math.abs(amount) >= 0.005)
    .map(({ kind, amount }) => [eventPartNames[kind], formatAmount(amount, explanation)]);
  const moved =
    statement === undefined ? '' : `  without its statement: ${formatAmount(-statement.moved, explanation)} of that\n`;
  const past = pastSales
    .slice(0, 8)
    .map(({ event: id, likeness, share, uplift }) => [
      id,
      likeness.toFixed(2),
      share.toFixed(2),
      formatAmount(uplift, explanation),
    ]);
  const more = pastSales.length > 8 ? `and ${pastSales.length - 8} more that count less\n` : '';
  const taught =
    past.length === 0 ? '' : `\n${formatTable([['PAST SALE', 'LIKENESS', 'SHARE', 'SHOWED'], ...past])}${more}`;
  return `\n${formatTable([[`SALE ${event}`, amountHead(explanation)], ...rows])}${moved}${taught}`;
}

function amountHead({ scale }: Explanation): string {
  return scale === 'log' ? 'TIMES' : 'ADDS';
}

function formatAmount(amount: number, { scale }: Explanation): string {
  return scale === 'log' ? Math.exp(amount).toFixed(2) : formatDemand(amount);
}

/** Formats requests per second, to three digits. */
export function formatDemand(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function formatPercent(value: number): string {
  const rounded = Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0);
  return `${value > 0 ? '+' : ''}${rounded.replace('-', '−')} %`;
}
