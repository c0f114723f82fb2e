import type { SalePlan } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { extendTimeline, isTimelineDue, type TargetTimeline } from '../../review/extend-timeline.ts';

/** Record of a sale so far, and whether it must be stored now. */
export interface ExtendedTimeline {
  readonly timeline: readonly TargetTimeline[];
  readonly isDue: boolean;
}

/**
 * Points of running sales that are not stored yet: at most five minutes of them are only in memory; after a crash they
 * are a gap in the record. No plan depends on them.
 */
export class SaleTimelines {
  /** Namespace → SalePlan → its record. */
  readonly #unstored = new Map<string, Map<string, readonly TargetTimeline[]>>();

  /** Returns the record with the point that is due in this reconcile. */
  extend(salePlan: SalePlan, observation: Observation, plan: Plan, outlook: SaleOutlook): ExtendedTimeline {
    const { namespace, name } = salePlan.metadata;
    const unstored = this.#unstored.get(namespace) ?? new Map<string, readonly TargetTimeline[]>();
    const stored = salePlan.status?.timeline ?? [];
    const known = unstored.get(name) ?? [];
    const present = newest(known) > newest(stored) ? known : stored;
    const timeline = extendTimeline({ present, observation, plan, outlook });
    const isDue = isTimelineDue(stored, timeline, outlook);
    if (outlook.stage === 'Prescaling' || outlook.stage === 'Running') unstored.set(name, timeline);
    else unstored.delete(name);
    this.#keep(namespace, unstored);
    return { timeline, isDue };
  }

  /** Drops the records of SalePlans that are no longer in the namespace. */
  keepOnly(namespace: string, salePlans: ReadonlySet<string>): void {
    const unstored = [...(this.#unstored.get(namespace) ?? [])];
    this.#keep(namespace, new Map(unstored.filter(([name]) => salePlans.has(name))));
  }

  /** Number of remembered SalePlans. */
  get size(): number {
    return [...this.#unstored.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #keep(namespace: string, unstored: Map<string, readonly TargetTimeline[]>): void {
    if (unstored.size > 0) this.#unstored.set(namespace, unstored);
    else this.#unstored.delete(namespace);
  }
}

/** Returns the newest time of a record; RFC 3339 in UTC sorts as text. */
function newest(timeline: readonly TargetTimeline[]): string {
  const times = timeline.map(({ points }) => points.at(-1)?.t ?? '').sort();
  return times.at(-1) ?? '';
}
