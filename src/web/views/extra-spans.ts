import { parseInstant } from '../../api/instant.ts';
import { highestBounds, recordedTargets } from '../../api/learned/recorded-targets.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { SalePlanPlan } from '../../api/sale-plan.ts';
import { effectivePolicy } from '../../observe/effective-policy.ts';
import { type NamespaceObjects, readable } from '../../observe/namespace-objects.ts';

/** A span in which a plan asks for more replicas than the baselines, of all its targets together. Times are epoch ms. */
export interface ExtraSpan {
  readonly salePlan: string;
  readonly from: number;
  readonly until: number;
  /** Replicas. */
  readonly extra: number;
  /** Cost of a replica for an hour, where the policy states it. */
  readonly price: { readonly currency: string; readonly perHour: number } | undefined;
}

type Sums = readonly Pick<ExtraSpan, 'from' | 'until' | 'extra'>[];

/** The sums of each recorded plan, with the baselines that they are above: a plan is recorded once and shown often. */
const known = new WeakMap<SalePlanPlan, { readonly baselines: string; readonly sums: Sums }>();

/** Lists the spans of all plans of a namespace. */
export function extraSpans(objects: NamespaceObjects): readonly ExtraSpan[] {
  const baselines = new Map(
    readable(objects.targets).map(({ metadata, spec }) => [metadata.name, spec.baseline.minReplicas]),
  );
  const text = JSON.stringify([...baselines]);
  const { cost } = effectivePolicy(objects.policies);
  const price = cost && { currency: cost.currency, perHour: parseQuantity(cost.replicaHour) };
  return readable(objects.salePlans).flatMap(({ metadata, status }) => {
    const plan = status?.plan;
    if (plan === undefined) return [];
    const kept = known.get(plan);
    const sums = kept?.baselines === text ? kept.sums : sumsOf(plan, baselines);
    known.set(plan, { baselines: text, sums });
    return sums.map(sum => ({ ...sum, salePlan: `${metadata.namespace}/${metadata.name}`, price }));
  });
}

/**
 * Sums what a plan asks for above the baselines, from change to change. A target whose steps are not recorded counts with
 * its highest floor from the raise to the end; those that are not even named, with what the plan's total leaves for them.
 */
function sumsOf(plan: SalePlanPlan, baselines: ReadonlyMap<string, number>): Sums {
  const changes = new Map<number, number>();
  const add = (at: number, replicas: number) => changes.set(at, (changes.get(at) ?? 0) + replicas);
  const times = new Map<string, number>();
  const timeOf = (text: string) => {
    const time = times.get(text) ?? parseInstant(text);
    times.set(text, time);
    return time;
  };
  const targets = recordedTargets(plan);
  for (const { target, steps } of targets) {
    const [only, ...others] = steps;
    const isWhole = others.length > 0;
    const rest = baselines.get(target) ?? (isWhole ? (steps.at(-1)?.minReplicas ?? 0) : 0);
    for (const [index, { from, minReplicas }] of steps.entries()) {
      // The last of several steps holds after the sale.
      const until = steps[index + 1]?.from ?? (isWhole || only === undefined ? from : plan.endTime);
      const extra = Math.max(0, minReplicas - rest);
      add(timeOf(from), extra);
      add(timeOf(until), -extra);
    }
  }
  if ((plan.targetsLeftOut ?? 0) > 0) {
    const named = targets.map(one => Math.max(0, highestBounds(one).minReplicas - (baselines.get(one.target) ?? 0)));
    const unnamed = Math.max(0, plan.extraReplicas - named.reduce((sum, extra) => sum + extra, 0));
    add(timeOf(plan.prescaleTime), unnamed);
    add(timeOf(plan.endTime), -unnamed);
  }
  return spansOf(changes);
}

function spansOf(changes: ReadonlyMap<number, number>): Sums {
  const sorted = [...changes].filter(([, change]) => change !== 0).sort(([a], [b]) => a - b);
  let extra = 0;
  return sorted.flatMap(([from, change], index) => {
    extra += change;
    const until = sorted[index + 1]?.[0] ?? from;
    return extra > 0 && until > from ? [{ from, until, extra }] : [];
  });
}
