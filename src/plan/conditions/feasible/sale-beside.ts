import { parseInstant } from '../../../api/instant.ts';
import { recordedTargets } from '../../../api/learned/recorded-targets.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import type { NamespaceReplicas, ReplicaNeed, TargetReplicas } from '../../floor/replicas/replica-rule.ts';
import { needsOfWhole } from '../../floor/replicas-together.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';

/** What a sale takes of the limits of its namespace, and from when to when. */
export interface SaleBeside {
  readonly sale: string;
  /** When it is raised and when it ends, epoch ms. */
  readonly from: number;
  readonly end: number;
  /** Replicas for the whole of it alone, by target name. */
  readonly whole: NamespaceReplicas;
  /** Builds what these replicas follow from, by target name; asked only where targets share a limit. */
  readonly needs: () => ReadonlyMap<string, readonly ReplicaNeed[]>;
}

/** What a scheduled sale takes. */
export function scheduledBeside({ occurrence, needs, prescaleTime, whole }: ScheduledSale): SaleBeside {
  return {
    sale: occurrence.sale,
    from: prescaleTime,
    end: occurrence.end,
    whole,
    needs: () => needsOfWhole(needs),
  };
}

/** What a sale that is not planned now takes by its SalePlan; empty where none is recorded. */
export function recordedBeside({ sale, end, record }: Occurrence): readonly SaleBeside[] {
  const plan = record?.status?.plan;
  if (plan === undefined) return [];
  const needs = new Map(
    recordedTargets(plan).map(({ target, steps }): [string, readonly ReplicaNeed[]] => [
      target,
      [{ reason: 'NoDemand', replicas: Math.max(0, ...steps.map(step => step.minReplicas)), steps: [] }],
    ]),
  );
  const whole = new Map(
    [...needs].map(([name, own]): [string, TargetReplicas] => {
      const [{ replicas } = { replicas: 0 }] = own;
      return [name, { needs: own, needed: replicas, replicas, steps: [] }];
    }),
  );
  return [{ sale, from: parseInstant(plan.prescaleTime), end, whole, needs: () => needs }];
}
