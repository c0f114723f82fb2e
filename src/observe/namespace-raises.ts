import type { FlashSale, FlashSaleSpec } from '../api/flash-sale.ts';
import { parseInstant } from '../api/instant.ts';
import { recordedTargets } from '../api/learned/recorded-targets.ts';
import { salePlanName } from '../api/names/sale-plan-name.ts';
import type { PlannedTarget, SalePlan } from '../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { plannedTimes } from '../api/series/planned-times.ts';
import { isSameSeries, isSkipped } from '../api/series/recurring-sale.ts';
import { tiers } from '../api/tier.ts';
import { effectivePolicy } from './effective-policy.ts';
import { type NamespaceObjects, readable } from './namespace-objects.ts';
import type { Raises } from './raises.ts';

/** Milliseconds between two starts of one namespace within which a target is raised once for both sales. */
const onceMs = 10 * 60_000;

/**
 * Lists the raises that the announced sales of a namespace need, by start and tier, from its SalePlans: so another
 * namespace can count them without a forecast, and a restarted operator counts the same. A sale that is cancelled,
 * moved away or only watched needs none.
 */
export function namespaceRaises(
  objects: Pick<NamespaceObjects, 'sales' | 'salePlans' | 'targets' | 'policies'>,
): readonly Raises[] {
  if (effectivePolicy(objects.policies).mode === 'ForecastOnly') return [];
  const plans = new Map(readable(objects.salePlans).map(plan => [plan.metadata.name, plan]));
  const tierOf = new Map(
    readable(objects.targets)
      .filter(({ spec }) => spec.mode === 'Apply')
      .map(({ metadata, spec }) => [metadata.name, spec.tier]),
  );
  const announced = readable(objects.sales)
    .flatMap(sale => plansOf(sale, plans))
    .sort((a, b) => a.start - b.start);
  const raisedFor = new Map<string, readonly Raise[]>();
  return announced.flatMap(({ start, plan }) => {
    const needed = recordedTargets(plan.status?.plan).flatMap(planned => {
      const tier = tierOf.get(planned.target);
      const pods = extraOf(planned);
      if (tier === undefined || pods <= 0) return [];
      const before = (raisedFor.get(planned.target) ?? []).filter(raise => raise.start >= start - onceMs);
      raisedFor.set(planned.target, [...before, { start, pods }]);
      const more = pods - Math.max(0, ...before.map(raise => raise.pods));
      return more > 0 ? [{ tier, pods: more }] : [];
    });
    return sumByTier(needed, start, Date.parse(plan.metadata.creationTimestamp ?? ''));
  });
}

interface Raise {
  readonly start: number;
  readonly pods: number;
}

/** Returns the SalePlans of the occurrences that a sale announces now; none when it is cancelled or only watched. */
function plansOf(
  { metadata, spec }: FlashSale,
  plans: ReadonlyMap<string, SalePlan>,
): readonly { readonly start: number; readonly plan: SalePlan }[] {
  if (spec.cancelled || spec.mode === 'ForecastOnly') return [];
  if (spec.recurrence !== undefined) {
    return [...plans.values()]
      .filter(plan => plan.spec.sale.uid === metadata.uid && plan.status?.review === undefined)
      .filter(plan => isSameSeries(lastStated(plan), spec))
      .map(plan => ({ start: parseInstant(plannedTimes(plan).startTime), plan }))
      .filter(({ start }) => !isSkipped(spec, start));
  }
  const start = parseInstant(spec.startTime);
  const plan = plans.get(salePlanName(metadata.name, start));
  return plan === undefined || plan.spec.sale.uid !== metadata.uid ? [] : [{ start, plan }];
}

/** The FlashSale's own spec as it was last accepted. */
function lastStated({ spec, status }: SalePlan): FlashSaleSpec {
  return status?.edits?.at(-1)?.spec ?? spec.sale.spec;
}

/** Returns the replicas above the baseline at which the last step ends. */
function extraOf({ steps }: Pick<PlannedTarget, 'steps'>): number {
  const replicas = steps.map(({ minReplicas }) => minReplicas);
  return Math.max(0, ...replicas) - (replicas.at(-1) ?? 0);
}

function sumByTier(
  needed: readonly { readonly tier: ScalingTargetSpec['tier']; readonly pods: number }[],
  start: number,
  knownAt: number,
): readonly Raises[] {
  return tiers.flatMap(tier => {
    const ofTier = needed.filter(raise => raise.tier === tier);
    const pods = ofTier.reduce((sum, raise) => sum + raise.pods, 0);
    return ofTier.length === 0 ? [] : [{ start, tier, raises: ofTier.length, pods, knownAt }];
  });
}
