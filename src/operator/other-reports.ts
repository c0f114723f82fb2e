import { type Condition, mergeConditions } from '../api/condition.ts';
import { encodeFlashSaleStatus, type FlashSale } from '../api/flash-sale.ts';
import { formatInZone } from '../api/instant.ts';
import { type FreezeStatus, policyName } from '../api/scaling-policy.ts';
import { freezeStatus } from '../api/series/deploy-freezes.ts';
import type { OtherReport } from '../apply/reports/compose-reports.ts';
import {
  flashSales,
  type ResourceKind,
  salePlans,
  scalingPolicies,
  scalingTargets,
} from '../kube/resources/resource-kind.ts';
import type { PolicyRecord } from '../observe/namespace-objects.ts';
import type { Observation } from '../observe/observation.ts';
import type { ObjectConditions, Plan } from '../plan/plan.ts';

const kinds: Readonly<Record<ObjectConditions['kind'], ResourceKind>> = {
  FlashSale: flashSales,
  ScalingTarget: scalingTargets,
  ScalingPolicy: scalingPolicies,
  SalePlan: salePlans,
};

/** Fields of an object that its status report needs when only conditions change. */
interface ToldObject {
  readonly uid?: string | undefined;
  readonly generation?: number | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  readonly sale?: FlashSale | undefined;
  /** What the status of a policy has as its freeze windows, readable or not: what stays there keeps deployments out. */
  readonly freeze?: unknown;
}

/**
 * Returns the conditions of objects without a target or sale in the plan, each with the conditions that its status has
 * already.
 */
export function otherReports(
  observation: Observation,
  plan: Plan,
  policies: readonly PolicyRecord[],
): readonly OtherReport[] {
  return plan.others.flatMap(({ kind, name, conditions: updates, times }) => {
    const recorded = findRecorded(observation, policies, { kind, name });
    if (recorded === undefined) return [];
    const { uid, generation, conditions = [], freeze } = recorded;
    const after = {
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...(times === undefined ? {} : timesIn(times, recorded.sale?.spec.timeZone ?? 'UTC')),
      freeze: kind === 'ScalingPolicy' ? plannedFreeze(plan) : undefined,
      conditions: mergeConditions(conditions, updates, plan.now, generation),
    };
    const isNew = conditions.length === 0 && freeze === undefined;
    // A status without an observedGeneration of its own has it in each of its conditions.
    const seen = conditions.find(condition => condition.observedGeneration !== undefined)?.observedGeneration;
    const before = isNew
      ? undefined
      : {
          ...(seen === undefined ? {} : { observedGeneration: seen }),
          ...(times === undefined ? {} : numbersOf(recorded.sale)),
          freeze,
          conditions,
        };
    return [
      { kind: kinds[kind], metadata: { name, namespace: observation.namespace, uid }, composed: { before, after } },
    ];
  });
}

function findRecorded(
  { sales, unreadable }: Observation,
  policies: readonly PolicyRecord[],
  { kind, name }: Pick<ObjectConditions, 'kind' | 'name'>,
): ToldObject | undefined {
  const policy = kind === 'ScalingPolicy' ? policies.find(one => one.name === policyName) : undefined;
  const freeze = recordedFreeze(policy);
  const bad = unreadable.find(object => object.kind === kind && object.name === name);
  if (bad !== undefined) return { ...bad, freeze };
  const sale = sales.find(({ metadata }) => kind === 'FlashSale' && metadata.name === name);
  const object = policy !== undefined && 'value' in policy.read ? policy.read.value : sale;
  if (object === undefined) return undefined;
  const { metadata, status } = object;
  return { uid: metadata.uid, generation: metadata.generation, conditions: status?.conditions, sale, freeze };
}

function plannedFreeze({ freezes, now }: Plan): FreezeStatus | undefined {
  return freezes === undefined ? undefined : freezeStatus(freezes, now);
}

/** What stands as the windows in the status of a policy, also of one that cannot be read otherwise. */
function recordedFreeze(policy: PolicyRecord | undefined): unknown {
  const status = policy?.raw.status;
  return typeof status === 'object' && status !== null && 'freeze' in status ? status.freeze : undefined;
}

function timesIn({ start, end }: NonNullable<ObjectConditions['times']>, timeZone: string) {
  return { startTime: formatInZone(start, timeZone), endTime: formatInZone(end, timeZone) };
}

/** What the status says of the date that it described last; it does not hold of the next. */
function numbersOf(sale: FlashSale | undefined) {
  const { startTime, endTime, peakTime, peakPercent, prescaleTime, extraReplicas } = sale?.status ?? {};
  return encodeFlashSaleStatus({ startTime, endTime, peakTime, peakPercent, prescaleTime, extraReplicas });
}
