import type { Command } from 'commander';
import { z } from 'zod';
import type { Condition } from '../api/condition.ts';
import { ParseError } from '../api/faults/parse-error.ts';
import type { ReasonStep, SalePlan } from '../api/sale-plan.ts';
import { lastChangeSchema, parseScalingTarget } from '../api/scaling-target.ts';
import { readSalePlans } from '../approve/read-sale-plans.ts';
import { isApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import { flashSales, salePlans, scalingTargets } from '../kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../kube/resources/wire.ts';
import { describeLearned } from '../learn/words/describe-learned.ts';
import { type ExplainedTarget, explainPlan } from '../report/explain-plan.ts';
import { inOneZone, zoneOf } from './options/one-zone.ts';
import { parseName } from './options/parse-name.ts';
import { addViewOptions, showView, type View, type ViewOptions } from './options/view-options.ts';
import { formatTable } from './output/format-table.ts';
import { wallClock } from './wall-clock.ts';

interface ExplainOptions extends ViewOptions {
  /** Includes past plans, which have a review. */
  readonly all?: boolean;
}

/** Registers `headstart explain NAME`: the reasons for the bounds of a target, or of all targets of a sale. */
export function registerExplain(program: Command): void {
  addViewOptions(program.command('explain'), { lists: false })
    .description(
      'Say why: from the forecast over headroom, replicas and limits to the bounds, each step with its number.',
    )
    .argument('<target-or-sale>', 'name of a ScalingTarget, a FlashSale or a SalePlan', parseName)
    .option('--all', 'past plans too')
    .addHelpText(
      'after',
      '\nExamples:\n  headstart explain checkout -n marketplace\n  headstart explain sneaker-drop -n marketplace',
    )
    .action(async (name: string, options: ExplainOptions) => {
      await showView(options, (connection, { namespace, now }) =>
        explain(connection, { name, namespace }, { ...options, now }),
      );
    });
}

/** A view with its text, in which instants stand as they are recorded. */
export interface ExplainView extends View {
  readonly text: string;
}

/** Explains a target or a sale with its plans. @throws Error when no object has that name */
export async function explain(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
  { all = false, now = wallClock.now() }: { readonly all?: boolean | undefined; readonly now?: number } = {},
): Promise<ExplainView> {
  const [target, sale] = await Promise.all([
    find(connection.resource(scalingTargets).get(ref)),
    find(connection.resource(flashSales).get(ref)),
  ]);
  const recorded = await readSalePlans(connection, ref.namespace);
  const plans = recorded.filter(plan => all || plan.status?.review === undefined);
  const isNamed = (plan: SalePlan) => plan.spec.sale.name === ref.name || plan.metadata.name === ref.name;
  const ofSale = plans.filter(isNamed);
  const past = recorded.filter(isNamed).length - ofSale.length;
  if (target === undefined && sale === undefined && ofSale.length + past === 0) {
    throw new Error(`no ScalingTarget, FlashSale or SalePlan is called ${ref.name} in namespace ${ref.namespace}`);
  }
  const parts = [
    ...(target === undefined ? [] : [`${formatObject('ScalingTarget', target)}${formatLearned(target, now)}`]),
    ...(target === undefined ? [] : plans.map(plan => formatPlan(plan, ref.name))),
    ...(sale === undefined ? [] : [formatObject('FlashSale', sale)]),
    ...ofSale.map(plan => formatPlan(plan)),
    ...(past === 0
      ? []
      : [
          `${past === 1 ? 'One plan is over' : `${past} plans are over`}: --all shows what was planned, headstart report what came.\n`,
        ]),
  ];
  const text = parts.filter(part => part !== '').join('\n');
  const shown = target === undefined ? ofSale : plans;
  const zones = shown.map(({ spec }) => spec.sale.spec.timeZone);
  return {
    table: ({ utc }) => inOneZone(text, zoneOf(zones, utc)),
    text,
    value: { target, sale, plans: shown },
    objects: [
      ...(target === undefined ? [] : [{ kind: scalingTargets, name: ref.name }]),
      ...(sale === undefined ? [] : [{ kind: flashSales, name: ref.name }]),
      ...shown.map(({ metadata }) => ({ kind: salePlans, name: metadata.name })),
    ],
  };
}

async function find(read: Promise<UnparsedObject>): Promise<UnparsedObject | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

function formatObject(kind: string, { metadata, status }: UnparsedObject): string {
  const rows = readConditions(status).map(({ type, status: is, reason, message }) => [
    `  ${type}`,
    is,
    reason,
    message,
  ]);
  const said = rows.length === 0 ? '  nothing has been said of it yet: is the operator running?\n' : formatTable(rows);
  return `${kind} ${metadata?.namespace}/${metadata?.name}\n${said}${formatLastChange(status)}`;
}

/** Formats the steps behind the last change of bounds, which BoundsInForce summarizes; empty when there is none. */
function formatLastChange(status: unknown): string {
  const { data } = z.object({ lastChange: lastChangeSchema }).safeParse(status);
  return data === undefined ? '' : `  last change ${data.lastChange.at}\n${formatSteps(data.lastChange.because)}`;
}

/** Formats what was learned of a target; empty when it cannot be read. */
function formatLearned(target: UnparsedObject, now: number): string {
  try {
    const learned = describeLearned(parseScalingTarget(target), now);
    return learned.map(([what, sentence]) => `  ${what} ${sentence}\n`).join('');
  } catch (error) {
    if (error instanceof ParseError) return '';
    throw error;
  }
}

function readConditions(status: unknown): readonly Condition[] {
  if (typeof status !== 'object' || status === null || !('conditions' in status)) return [];
  return Array.isArray(status.conditions) ? status.conditions : [];
}

/** Formats a SalePlan's explanation, of one target or of all; empty when it has none. */
function formatPlan(salePlan: SalePlan, only?: string): string {
  const explained = explainPlan(salePlan, only);
  if (explained === undefined) return '';
  const head = `SalePlan ${explained.salePlan}, ${explained.summary}\n`;
  const risks = explained.risks.map(risk => `  risk: ${risk}\n`).join('');
  const peak = explained.peak === undefined ? '' : `  peak: ${explained.peak}\n`;
  const range = explained.range === undefined ? '' : `  range: ${explained.range}\n`;
  return `${head}${peak}${range}${risks}${explained.targets.map(formatTarget).join('')}`;
}

function formatTarget({ target, because, bounds, heldBy }: ExplainedTarget): string {
  const bound = heldBy === undefined ? '' : `, held by ${heldBy}`;
  return `  ${target}${bound}\n${formatSteps(because)}${formatTable(bounds.map(([when, are]) => [`    ${when}`, are]))}`;
}

/** A step as read from a status, whose rule may be of any release. */
type ReadStep = Omit<ReasonStep, 'rule'> & { readonly rule: string };

function formatSteps(because: readonly ReadStep[]): string {
  return formatTable(because.map(({ rule, value, unit, message }) => [`    ${rule}`, `${value}`, unit, message]));
}
