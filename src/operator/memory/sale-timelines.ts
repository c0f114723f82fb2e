import type { SalePlan } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { extendTimeline, isTimelineDue, type TargetTimeline } from '../../review/extend-timeline.ts';

/** A sale's record so far, and whether it must be stored now. */
export interface ExtendedTimeline {
  readonly timeline: readonly TargetTimeline[];
  readonly isDue: boolean;
}

/**
 * The points of running sales between two stored batches: at most five minutes of them live in the process alone, and when
 * it dies they are a gap in the record. No plan depends on them.
 */
export class SaleTimelines {
  /** Namespace → SalePlan → its record. */
  readonly #unstored = new Map<string, Map<string, readonly TargetTimeline[]>>();

  /** The record with the point that is due at this look. */
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

  /** Drops the records of SalePlans that the namespace does not hold any more. */
  keepOnly(namespace: string, salePlans: ReadonlySet<string>): void {
    const unstored = [...(this.#unstored.get(namespace) ?? [])];
    this.#keep(namespace, new Map(unstored.filter(([name]) => salePlans.has(name))));
  }

  /** Everything that is remembered, in SalePlans. */
  get size(): number {
    return [...this.#unstored.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #keep(namespace: string, unstored: Map<string, readonly TargetTimeline[]>): void {
    if (unstored.size > 0) this.#unstored.set(namespace, unstored);
    else this.#unstored.delete(namespace);
  }
}

/** RFC 3339 in UTC sorts as text. */
function newest(timeline: readonly TargetTimeline[]): string {
  const times = timeline.map(({ points }) => points.at(-1)?.t ?? '').sort();
  return times.at(-1) ?? '';
}
