import type { DemandForecast } from '../demand.ts';
import type { Event } from '../event.ts';
import { nearestKnot } from '../events/event-clock.ts';
import { outlookOn } from '../events/forecast-extra.ts';
import type { KnownEvents } from '../events/past/known-events.ts';
import type { LearnUplift } from '../events/recall-uplift.ts';
import { liveWidth, type WidthShare, widthShares } from '../events/width-shares.ts';
import type { Width, WidthPart } from '../explanation.ts';
import type { Present } from '../present.ts';
import { totalDemand } from '../total-demand.ts';

/** What a width is explained from. */
export interface WidthInput {
  readonly present: Present;
  readonly events: readonly Event[];
  readonly known: KnownEvents;
  readonly demand: DemandForecast;
  readonly learn: LearnUplift;
}

/**
 * Explains the width of the highest level in one step. In a sale the whole width is that of the sale: the errors of past
 * sales hold those of the base. Undefined where no level was asked for.
 */
export function explainWidth(input: WidthInput, step: number): Width | undefined {
  const { demand, events } = input;
  const { base, extras } = demand;
  const highest = base.quantiles.at(-1);
  if (highest === undefined) return undefined;
  const q = base.quantiles.length - 1;
  const total = totalDemand(demand);
  const width = { level: highest.level, value: total.quantiles[q]?.values[step] ?? 0 };
  const baseDistance = (highest.values[step] ?? 0) - (base.point[step] ?? 0);
  const felt = events.flatMap((event, k) => {
    const extra = extras[k]?.extra;
    const above = (extra?.quantiles[q]?.values[step] ?? 0) + baseDistance;
    const distance = above - (extra?.point[step] ?? 0);
    return (extra?.point[step] ?? 0) > 0 && distance > 0 ? [{ event, distance }] : [];
  });
  const all = felt.reduce((sum, { distance }) => sum + distance, 0);
  const parts: WidthPart[] = felt.flatMap(({ event, distance }) =>
    partsOf(input, event, step).map(({ kind, share }) => ({ kind, event: event.id, share: (share * distance) / all })),
  );
  if (felt.length === 0) return { ...width, parts: baseDistance > 0 ? [{ kind: 'base', share: 1 }] : [] };
  return { ...width, parts: parts.sort((a, b) => b.share - a.share) };
}

/** The parts of an event's variance in a step; their shares sum to 1. */
function partsOf({ present, known, demand, learn }: WidthInput, event: Event, step: number): readonly WidthShare[] {
  const { base } = demand;
  const outlook = outlookOn(present, { event, known, base }, learn);
  if (outlook.isCorrected) return liveWidth;
  const { uplift, before } = outlook.learned;
  const middle = outlook.middleOf(base.start + step * base.stepSeconds * 1000);
  return widthShares(before, nearestKnot(uplift.clock, middle));
}
