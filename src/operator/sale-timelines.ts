import type { SalePlan } from '../api/sale-plan.ts';
import type { Observation } from '../observe/observation.ts';
import type { Plan, SaleOutlook } from '../plan/plan.ts';
import { extendTimeline, isTimelineDue, type TargetTimeline } from '../review/extend-timeline.ts';

/** A sale's record so far, and whether it must be stored now. */
export interface GrownTimeline {
  readonly timeline: readonly TargetTimeline[];
  readonly isDue: boolean;
}

/**
 * The points of running sales between two stored batches: at most five minutes of them live in the process alone, and when
 * it dies they are a gap in the record. No plan depends on them.
 */
export class SaleTimelines {
  readonly #unstored = new Map<string, readonly TargetTimeline[]>();

  /** The record with the point that is due at this look. */
  grow(salePlan: SalePlan, observation: Observation, plan: Plan, outlook: SaleOutlook): GrownTimeline {
    const key = `${salePlan.metadata.namespace}/${salePlan.metadata.name}`;
    const stored = salePlan.status?.timeline ?? [];
    const known = this.#unstored.get(key) ?? [];
    const present = newest(known) > newest(stored) ? known : stored;
    const timeline = extendTimeline({ present, observation, plan, outlook });
    const isDue = isTimelineDue(stored, timeline, outlook);
    if (outlook.stage === 'Prescaling' || outlook.stage === 'Running') this.#unstored.set(key, timeline);
    else this.#unstored.delete(key);
    return { timeline, isDue };
  }
}

/** RFC 3339 in UTC sorts as text. */
function newest(timeline: readonly TargetTimeline[]): string {
  const times = timeline.map(({ points }) => points.at(-1)?.t ?? '').sort();
  return times.at(-1) ?? '';
}
