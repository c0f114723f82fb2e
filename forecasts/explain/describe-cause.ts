import type { EventExplanation, Explanation } from '../explanation.ts';
import type { Cause, CauseKind } from './cause.ts';
import { describePastSales, describeStatement } from './describe-event-change.ts';
import { aboveOrBelow, formatAmount, formatPercent, formatSigned, formatTimeOfDay, rose } from './format-amount.ts';

/** The data for one sentence. */
interface SentenceInput {
  /** Change of the forecast, in the history's unit. */
  readonly change: number;
  readonly before: Explanation;
  readonly after: Explanation;
  /** The event's id, where the cause belongs to one. */
  readonly event: string | undefined;
  /** The event in the earlier forecast. */
  readonly was: EventExplanation | undefined;
  /** The event in the later forecast. */
  readonly is: EventExplanation | undefined;
}

const dayMs = 86_400_000;

const sentences: Readonly<Record<CauseKind, (input: SentenceInput) => string>> = {
  level: ({ change, before, after }) => `the level ${rose(change)} from ${levelOf(before)} to ${levelOf(after)}`,
  lastHour: ({ before, after }) =>
    `the last hour is ${relationOf(after, after, 'lastHour')} the level, was ${relationOf(before, before, 'lastHour')}`,
  dayProfile: ({ change, before, after }) =>
    localTimeOf(before) % dayMs === localTimeOf(after) % dayMs
      ? `past days show ${more(change)} demand at ${formatTimeOfDay(localTimeOf(after))} ${after.timeZone}`
      : `the forecast is for ${formatTimeOfDay(localTimeOf(after))} ${after.timeZone}, before: ${formatTimeOfDay(localTimeOf(before))}`,
  week: ({ change }) => `past weeks show ${more(change)} demand on this day of the week`,
  holiday: ({ change }) => `the calendar shows ${more(change)} demand on this day`,
  models: ({ change, before, after }) =>
    describeWeights(before, after) ?? `the models add ${more(change)} to level and profile`,
  newEvent: ({ event, is }) => `${event} is new and adds ${formatAmount(is?.extra ?? 0)}`,
  lostEvent: ({ event, was }) => `${event} no longer adds ${formatAmount(was?.extra ?? 0)}`,
  statement: ({ event, was, is }) => `the stated peak of ${event} ${describeStatement(was, is)}`,
  pastSales: ({ event, was, is }) => `${describePastSales(was, is)} ${event}`,
  lastMinutes: ({ event, change }) => `the minutes before ${event} show ${more(change)} demand`,
  drift: ({ event, change }) => `recent sales suggest ${more(change)} demand for ${event}`,
  correction: ({ event, after, is }) => `${event} runs ${relationOf(after, is, 'correction')} its curve`,
  rest: ({ event, change }) => `${event} adds ${more(change)} beyond the base and other sales`,
  staleData: () => 'no new data since',
};

/** Describes a cause in words, with the values before and after. */
export function describeCause(
  { kind, event, change }: Pick<Cause, 'kind' | 'event' | 'change'>,
  { before, after }: { readonly before: Explanation; readonly after: Explanation },
): string {
  const find = ({ events }: Explanation) => events.find(one => one.event === event);
  return sentences[kind]({ change, before, after, event, was: find(before), is: find(after) });
}

/** Describes the whole change in words: its percentage and its largest causes, at most three. */
export function describeChange(changePercent: number, causes: readonly Cause[]): string {
  const largest = causes.filter(cause => Math.abs(cause.changePercent) >= 0.5).slice(0, 3);
  const words = largest.map(cause =>
    largest.length === 1 ? cause.sentence : `${cause.sentence} (${formatSigned(cause.changePercent)} %)`,
  );
  return `${formatSigned(changePercent)} %: ${words.length === 0 ? 'no change' : words.join('; ')}`;
}

/** Describes the member whose weight changed most; undefined where no weight changed by 0.05 or more. */
function describeWeights(before: Explanation, after: Explanation): string | undefined {
  const weight = ({ members }: Explanation, name: string) => members.find(one => one.name === name)?.weight ?? 0;
  const names = new Set([...before.members, ...after.members].map(({ name }) => name));
  const changes = Array.from(names, name => ({ name, was: weight(before, name), is: weight(after, name) }));
  const [most] = changes.sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was));
  if (most === undefined || Math.abs(most.is - most.was) < 0.05) return undefined;
  return `the models' weights changed: ${most.name} ${formatPercent(most.is)}, before: ${formatPercent(most.was)}`;
}

/** "12 % above", "8 % below" or "on": the amount of the part of this kind, see `aboveOrBelow`. */
function relationOf(
  { scale }: Explanation,
  of: { readonly parts: readonly { readonly kind: string; readonly amount: number }[] } | undefined,
  kind: CauseKind,
): string {
  return aboveOrBelow(of?.parts.find(part => part.kind === kind)?.amount ?? 0, scale);
}

function levelOf({ parts }: Explanation): string {
  return formatAmount(parts.find(part => part.kind === 'level')?.runningTotal ?? 0);
}

function more(change: number): string {
  return change > 0 ? 'more' : 'less';
}

/** The explained step in local time, as if that were UTC, epoch ms. */
function localTimeOf({ at, offsetMs }: Explanation): number {
  return at + offsetMs;
}
