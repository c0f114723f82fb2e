import type { EventExplanation, Explanation } from '../explanation.ts';
import type { Cause, CauseKind } from './cause.ts';
import { describeLessons, describeStatement } from './describe-event-change.ts';
import { aboveOrBelow, formatAmount, formatPercent, formatSigned, formatTimeOfDay, rose } from './format-amount.ts';

interface Told {
  readonly change: number;
  readonly before: Explanation;
  readonly after: Explanation;
  /** The event as it was and is, where the cause lies in one. */
  readonly event: string | undefined;
  readonly was: EventExplanation | undefined;
  readonly is: EventExplanation | undefined;
}

const dayMs = 86_400_000;

const sentences: Readonly<Record<CauseKind, (told: Told) => string>> = {
  level: ({ change, before, after }) => `the level ${rose(change)} from ${levelOf(before)} to ${levelOf(after)}`,
  lastHour: ({ before, after }) =>
    `the last hour is ${besides(after, after, 'lastHour')} the level and was ${besides(before, before, 'lastHour')} it`,
  dayProfile: ({ change, before, after }) =>
    before.at % dayMs === after.at % dayMs
      ? `past days teach ${more(change)} for ${formatTimeOfDay(after.at)} UTC`
      : `the step compared is at ${formatTimeOfDay(after.at)} UTC and was at ${formatTimeOfDay(before.at)}`,
  week: ({ change }) => `past weeks teach ${more(change)} for this day of the week`,
  models: ({ change, before, after }) =>
    describeWeights(before, after) ?? `the models see ${more(change)} beside level and profile`,
  newEvent: ({ event, is }) => `${event} is new and adds ${formatAmount(is?.extra ?? 0)}`,
  lostEvent: ({ event, was }) => `${event} adds nothing any more, it added ${formatAmount(was?.extra ?? 0)}`,
  statement: ({ event, was, is }) => `the stated peak of ${event} ${describeStatement(was, is)}`,
  pastSales: ({ event, was, is }) => `${describeLessons(was, is)} ${event}`,
  lastMinutes: ({ event, change }) => `the minutes before ${event} show ${more(change)} than they did`,
  drift: ({ event, change }) =>
    `sales of late were ${change > 0 ? 'larger' : 'smaller'} than others taught for ${event}`,
  correction: ({ event, after, is }) => `${event} runs ${besides(after, is, 'correction')} its curve`,
  rest: ({ event, change }) => `${event} adds ${more(change)} to what the day holds without it`,
  staleData: () => 'no newer measurements came in since',
};

/** A cause in a sentence, with the number before and the number after. */
export function describeCause(
  { kind, event, change }: Pick<Cause, 'kind' | 'event' | 'change'>,
  { before, after }: { readonly before: Explanation; readonly after: Explanation },
): string {
  const find = ({ events }: Explanation) => events.find(one => one.event === event);
  return sentences[kind]({ change, before, after, event, was: find(before), is: find(after) });
}

/** The whole change in a sentence: the causes that make most of it, three at the most. */
export function describeChange(changePercent: number, causes: readonly Cause[]): string {
  const told = causes.filter(cause => Math.abs(cause.changePercent) >= 0.5).slice(0, 3);
  const words = told.map(cause =>
    told.length === 1 ? cause.sentence : `${cause.sentence} (${formatSigned(cause.changePercent)} %)`,
  );
  return `${formatSigned(changePercent)} %: ${words.length === 0 ? 'nothing moved' : words.join('; ')}`;
}

/** The member whose weight moved most; undefined where none moved by a twentieth. */
function describeWeights(before: Explanation, after: Explanation): string | undefined {
  const weight = ({ members }: Explanation, name: string) => members.find(one => one.name === name)?.weight ?? 0;
  const names = new Set([...before.members, ...after.members].map(({ name }) => name));
  const changes = Array.from(names, name => ({ name, was: weight(before, name), is: weight(after, name) }));
  const [most] = changes.sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was));
  if (most === undefined || Math.abs(most.is - most.was) < 0.05) return undefined;
  return `the models weigh otherwise, ${most.name} ${formatPercent(most.is)} instead of ${formatPercent(most.was)}`;
}

function besides(
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
