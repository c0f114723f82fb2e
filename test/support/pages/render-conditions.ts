import {
  type ConditionEntry,
  type ConditionedKind,
  type ConditionStatus,
  conditionedKinds,
} from '../../../src/api/conditions/condition-entry.ts';
import { conditionReasons } from '../../../src/api/conditions/condition-reasons.ts';
import { findingReasons } from '../../../src/api/conditions/finding-reasons.ts';
import { eventReasons } from '../../../src/api/event-reasons.ts';
import { planningRules } from '../../../src/api/planning-rules.ts';
import { conditionsOf, followedOn } from './described-terms.ts';

const statuses: readonly ConditionStatus[] = ['True', 'False', 'Unknown'];

/** The page docs/conditions.md: every condition with its reasons, every Event, and every rule of an explanation. */
export function renderConditions(): string {
  return [
    '# Conditions, Events and rules',
    '',
    'What Headstart writes about its objects: `kubectl describe` and `npx headstart explain` show it. Written from `src/api/` by `npx vitest run test/api -u`; do not edit.',
    '',
    ...conditionedKinds.flatMap(renderKind),
    ...renderFindings(),
    ...renderEvents(),
    ...renderRules(),
  ].join('\n');
}

function renderKind(kind: ConditionedKind): readonly string[] {
  const conditions = conditionsOf(kind);
  return [
    `## Conditions of a ${kind}`,
    '',
    '| condition | question | good status |',
    '|---|---|---|',
    ...conditions.map(([type, { question, good }]) => `| \`${type}\` | ${question} | ${good} |`),
    '',
    '| condition | reason | |',
    '|---|---|---|',
    ...conditions.flatMap(([type, entry]) => renderReasons(kind, type, entry)),
    '',
  ];
}

function renderReasons(kind: ConditionedKind, type: string, entry: ConditionEntry): readonly string[] {
  const meanings: Readonly<Record<string, string>> = conditionReasons;
  const own = statuses.flatMap(status =>
    (entry.reasons[kind]?.[status] ?? []).map(
      reason => `| \`${type}=${status}\` | \`${reason}\` | ${meanings[reason] ?? ''} |`,
    ),
  );
  const followed = followedOn(kind, entry).map(source => `\`${source}\``);
  return followed.length === 0 ? own : [...own, `| \`${type}\` | as ${followed.join(', ')} | Repeats their reason. |`];
}

function renderFindings(): readonly string[] {
  return [
    '## Findings',
    '',
    'What may leave a sale short. `Feasible` and `CapacityReady` of a FlashSale tell all findings, the worst first, each with its cheapest mend; the metric `headstart_sale_findings` counts them by reason.',
    '',
    '| condition | reason | |',
    '|---|---|---|',
    ...Object.entries(findingReasons).flatMap(([type, reasons]) =>
      Object.entries(reasons).map(([reason, meaning]) => `| \`${type}\` | \`${reason}\` | ${meaning} |`),
    ),
    '',
  ];
}

function renderEvents(): readonly string[] {
  const told = new Map(conditionedKinds.flatMap(conditionsOf).filter(([, { event }]) => event !== 'None'));
  return [
    '## Events',
    '',
    'A new status of one of these conditions is an Event with the reason and the message of the condition: Normal when the status is the good one, else as listed. A first status is an Event only where a Warning is due, and Unknown never is. A new reason of a bad status of `Feasible` and `CapacityReady` is an Event too.',
    '',
    '| condition | Event when not good |',
    '|---|---|',
    ...[...told].map(([type, { event }]) => `| \`${type}\` | ${event} |`),
    '',
    'These Events of a ScalingTarget tell of writes.',
    '',
    '| reason | type | |',
    '|---|---|---|',
    ...Object.entries(eventReasons).map(([reason, { type, meaning }]) => `| \`${reason}\` | ${type} | ${meaning} |`),
    '',
  ];
}

function renderRules(): readonly string[] {
  return [
    '## Rules of an explanation',
    '',
    'Each step of an explanation (`because`) names its rule. A SalePlan records the steps of the marked rules; `npx headstart explain` prints them.',
    '',
    '| rule | in a SalePlan | |',
    '|---|---|---|',
    ...Object.entries(planningRules).map(
      ([rule, { inSalePlan, meaning }]) => `| \`${rule}\` | ${inSalePlan ? 'yes' : ''} | ${meaning} |`,
    ),
    '',
  ];
}
