import { policyName } from '../api/scaling-policy.ts';
import type { Observation } from '../observe/observation.ts';
import type { AcceptedNamespace } from './accept/accept-namespace.ts';
import { isDueOrAhead, type Occurrence } from './accept/occurrence.ts';
import { namespacePause } from './accept/target-standing.ts';
import { planStrays } from './bounds/plan-strays.ts';
import { sentenceOf } from './condition.ts';
import { approvalFindings, approvalOutlook } from './conditions/approved.ts';
import { saleFindings } from './conditions/feasible/sale-findings.ts';
import { saleLimits } from './conditions/feasible/sale-limits.ts';
import { lookAlikeRisk, lookAlikes } from './conditions/look-alikes.ts';
import { outlookPast, outlookSale } from './conditions/outlook-sale.ts';
import { pastAdvice } from './conditions/peak/past-advice.ts';
import { policyConditions } from './conditions/policy-conditions.ts';
import { capacityFindings } from './conditions/ready/capacity-findings.ts';
import { pastSaleConditions, refusedConditions, saleConditions } from './conditions/sale-conditions.ts';
import { saleReadiness } from './conditions/sale-readiness.ts';
import { saleVerdict } from './conditions/sale-verdict.ts';
import { waitingConditions } from './conditions/waiting-conditions.ts';
import type { NamespaceFloors } from './floor/namespace-floors.ts';
import { countedSales } from './floor/schedule-sales.ts';
import { frozenTimes } from './frozen-times.ts';
import { nextReconcile } from './next-reconcile.ts';
import type { ObjectConditions, Plan, SaleOutlook } from './plan.ts';
import { planRooms } from './room/plan-rooms.ts';
import { askedRooms } from './room/size-room.ts';
import { targetPlan } from './target-plan.ts';

/**
 * Plans what should hold in a namespace now, and why. Depends only on what was observed and forecast: a restart does
 * not change the plan, and the same state always gives the same plan. `floors` holds the first three of these steps:
 *
 *   accept      which objects can be served; a refused one affects no other
 *   schedule    what each sale needs of each target, and from when on
 *   floor       what must hold now, by the law of the floor, within caps and the namespace's total
 *   decide      raise, hold, restore or release, target by target
 *   report      the same in words, for targets, sales, policy and whatever could not be read
 */
export function planNamespace(floors: NamespaceFloors): Plan {
  const { observation, accepted, sales, desiredFloors, chain, total, only } = floors;
  const { now, namespace, limits } = observation;
  const { occurrences, refusedPolicy } = accepted;
  const counted = countedSales(occurrences, observation);
  const rooms = planRooms(floors);
  const past = occurrences
    .filter(occurrence => !isDueOrAhead(occurrence, now) && (only?.has(occurrence.salePlan) ?? true))
    .map(occurrence => pastOutlook(occurrence, accepted.occurrences, observation));
  const open = sales.map((sale): SaleOutlook => {
    const approval = approvalOutlook(floors.approvals.get(sale.occurrence.salePlan), {
      chain,
      desiredFloors,
      namespace,
    });
    const outlook = outlookSale({
      sale,
      desiredFloors,
      chain,
      limits,
      now,
      rooms: {
        policy: observation.policy,
        approvals: floors.approvals,
      },
      advised: pastAdvice(sale.occurrence, observation.salePlans),
      findings: saleFindings({
        sale,
        sales,
        counted,
        desiredFloors,
        total,
        chain,
        observation,
        approval: approvalFindings(approval),
        rooms,
      }),
    });
    const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
    const readiness = saleReadiness({ sale, desiredFloors, chain, now });
    const isApplied = outlook.mode === 'Apply';
    const lacks = isApplied ? capacityFindings({ sale, desiredFloors, readiness, now }) : [];
    const conditions = saleConditions({ sale, outlook, readiness, approval, lacks });
    return {
      ...outlook,
      limits: saleLimits(sale, { reached, chain, total }),
      findings: [...outlook.findings, ...lacks],
      verdict: saleVerdict(conditions),
      conditions,
    };
  });

  const freezes = frozenTimes(observation, accepted);
  const decided = desiredFloors.map(desired => targetPlan(desired, floors));
  const strays = planStrays({
    observation,
    desiredFloors,
    targets: decided,
    paused: namespacePause(accepted, observation.policy),
  });
  return {
    now,
    namespace,
    targets: strays.length === 0 ? decided : desiredFloors.map(desired => targetPlan(desired, floors, strays)),
    ...(strays.length === 0 ? {} : { strays }),
    ...(rooms.length === 0 ? {} : { rooms }),
    sales: [...past, ...open],
    others: [
      ...accepted.waiting.map(waitingConditions),
      ...otherStatements(observation, accepted, [...past, ...open]),
      { kind: 'ScalingPolicy', name: policyName, conditions: policyConditions(refusedPolicy, observation, freezes) },
    ],
    ...(freezes === undefined ? {} : { freezes }),
    next: nextReconcile({
      observation,
      open: occurrences.filter(one => isDueOrAhead(one, now)),
      sales,
      desiredFloors,
      past,
      strays,
      rooms: { standing: rooms, openTimes: desiredFloors.flatMap(desired => askedRooms(desired, floors)) },
      freezes: freezes ?? [],
    }),
  };
}

/** The outlook of a past sale. A deleted FlashSale has no status left to write. */
function pastOutlook(
  occurrence: Occurrence,
  occurrences: readonly Occurrence[],
  observation: Observation,
): SaleOutlook {
  const outlook = outlookPast(
    occurrence,
    lookAlikeRisk(lookAlikes(occurrence, occurrences), 'together they teach a forecast once'),
  );
  const isDeleted = occurrence.calledOff === 'Deleted';
  return { ...outlook, conditions: isDeleted ? [] : pastSaleConditions(occurrence, outlook, observation) };
}

/**
 * The conditions of a refused FlashSale are those of its outlook, which only a readable one gets; none while it is far
 * ahead and not planned now.
 */
function otherStatements(
  observation: Observation,
  { occurrences, refusedSales }: AcceptedNamespace,
  outlooks: readonly SaleOutlook[],
): readonly ObjectConditions[] {
  const readable = new Set(observation.sales.map(({ metadata }) => metadata.name));
  const standing = new Set(occurrences.filter(({ refusal }) => refusal !== undefined).map(({ sale }) => sale));
  const refused = [...refusedSales].flatMap(([name, refusal]): ObjectConditions[] => {
    const told = outlooks.find(({ sale, isShown }) => sale === name && isShown);
    if (told === undefined ? standing.has(name) : readable.has(name)) return [];
    return [{ kind: 'FlashSale', name, conditions: told?.conditions ?? refusedConditions(refusal) }];
  });
  const unreadable = observation.unreadable
    .filter(({ kind }) => kind === 'ScalingTarget' || kind === 'SalePlan')
    .map(({ kind, name, message }) => ({
      kind,
      name,
      conditions: refusedConditions({ reason: 'Invalid', message: sentenceOf(message) }),
    }));
  return [...refused, ...unreadable];
}
