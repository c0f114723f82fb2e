import { levelName } from '../../src/api/amounts/level-name.ts';
import type { ConditionUpdate } from '../../src/api/condition.ts';
import { type ConditionType, conditionCatalogue } from '../../src/api/conditions/condition-catalogue.ts';
import { formatInstant } from '../../src/api/instant.ts';
import type { PlannedTarget } from '../../src/api/sale-plan.ts';
import type { Plan, SaleOutlook, TargetPlan } from '../../src/plan/plan.ts';

/** Types whose good status is good news but not worth a line in each case, besides all whose good status is False. */
const quietTypes: readonly ConditionType[] = [
  'Approved',
  'DemandAvailable',
  'HistorySufficient',
  'PromotionReady',
  'SchemaCurrent',
];

/** A plan as people read it in a diff: nothing that decides is left out, only what repeats. */
export function summarizePlan(plan: Plan, notices: readonly string[] = []): unknown {
  return plain({
    targets: Object.fromEntries(plan.targets.map(target => [target.target, summarizeTarget(target)])),
    sales: Object.fromEntries(plan.sales.map(sale => [sale.salePlan, summarizeSale(sale)])),
    others: Object.fromEntries(
      plan.others
        .filter(
          ({ kind, conditions }) =>
            kind === 'FlashSale' ||
            conditions.some(
              ({ status, type }) =>
                (type === 'Accepted' && status !== 'True') || (type === 'Frozen' && status === 'True'),
            ),
        )
        .map(({ kind, name, conditions, times }) => [
          `${kind} ${name}`,
          [...(times === undefined ? [] : [`status from ${formatInstant(times.start)}`]), ...says(conditions)],
        ]),
    ),
    rooms: plan.rooms?.map(
      ({ target, pods, ready, change }) => `${target}: ${change ?? `${pods} pods, ${ready} placeholders ready`}`,
    ),
    freezes: plan.freezes?.map(
      ({ start, end, sales }) => `${formatInstant(start)} to ${formatInstant(end)} around ${sales.join(', ')}`,
    ),
    next: formatInstant(plan.next),
    ...(notices.length === 0 ? {} : { notices }),
  });
}

function summarizeTarget({ bounds, action, replicas, floor, floorMax, reason, because, conditions }: TargetPlan) {
  return {
    action: `${action} ${bounds.minReplicas}..${bounds.maxReplicas}`,
    replicas,
    annotations:
      floor === undefined && floorMax === undefined ? undefined : `floor ${floor ?? '-'}, floor-max ${floorMax ?? '-'}`,
    reason,
    because: because.map(({ message }) => message),
    says: says(conditions),
  };
}

function summarizeSale(sale: SaleOutlook) {
  return {
    stage: `${sale.stage}, ${sale.mode}`,
    status: sale.isShown && sale.announced?.recurrence !== undefined ? 'describes this date' : undefined,
    window: `${formatInstant(sale.start)} to ${formatInstant(sale.end)}, raised at ${formatInstant(sale.prescaleTime)}`,
    peak: sale.peakTime === undefined ? undefined : `${sale.peakPercent ?? '?'} % at ${formatInstant(sale.peakTime)}`,
    together:
      sale.together === undefined
        ? undefined
        : `with ${sale.together.sales.join(', ')}; by itself ${sale.together.ownPercent} %, ${sale.together.sharePercent} % of what they add`,
    extraReplicas: sale.extraReplicas,
    targets: Object.fromEntries(sale.targets.map(target => [target.target, summarizePlanned(target)])),
    verdict: sale.verdict,
    risks: sale.risks.length === 0 ? undefined : sale.risks,
    says: says(sale.conditions),
  };
}

function summarizePlanned({ steps, boundBy, sharePercent, cost }: PlannedTarget) {
  const bounds = steps.map(({ from, minReplicas, maxReplicas }) => `${from} ${minReplicas}..${maxReplicas}`);
  const shown =
    bounds.length > 4 ? [...bounds.slice(0, 2), `… ${bounds.length - 4} more`, ...bounds.slice(-2)] : bounds;
  const notes = [boundBy, sharePercent === 100 ? undefined : `${sharePercent} % of the extra`].filter(Boolean);
  return [...shown, ...notes, ...summarizeCost(cost)];
}

function summarizeCost(cost: PlannedTarget['cost']): readonly string[] {
  return (cost?.options ?? []).map(({ level, replicas, replicaCost, expectedLoss }) => {
    const [price, loss] = [replicaCost, expectedLoss ?? Number.NaN].map(amount => amount.toPrecision(3));
    const planned = level === cost?.level ? ', planned' : '';
    return `${levelName(level)}: ${replicas} replicas for ${price}, ${loss} ${cost?.currency} of orders lost${planned}`;
  });
}

function says(conditions: readonly ConditionUpdate[]) {
  return conditions
    .filter(condition => !isCalm(condition))
    .map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`);
}

/** Whether a condition tells that nothing is special; it is left out of the summary. */
function isCalm({ type, status, reason }: ConditionUpdate): boolean {
  const { good } = conditionCatalogue[type];
  return status === good && (good === 'False' || quietTypes.includes(type)) && reason !== 'Justified';
}

/** Without undefined fields and empty maps. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
