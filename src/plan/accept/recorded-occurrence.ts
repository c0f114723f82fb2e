import { type CallGraph, reach } from '../../api/call-graph.ts';
import { parseInstant } from '../../api/instant.ts';
import { recordedTargets } from '../../api/learned/recorded-targets.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import type { SaleWindow } from '../../api/series/recurring-sale.ts';
import type { SaleEnding } from '../../observe/sale-ending.ts';
import { acceptedSpec, announcedSpec, announcedWindow, statedSpec } from '../accepted-edits.ts';
import { entryPointsOf } from './entry-points.ts';
import { holdGone } from './gone-sale.ts';
import { lastSeen } from './last-seen.ts';
import type { Occurrence } from './occurrence.ts';
import type { Refusal } from './refusal.ts';

/** A FlashSale that is refused as it is now, and what it still says of its end. */
export interface RefusedSale {
  readonly refusal: Refusal;
  readonly ending: SaleEnding;
}

/** A FlashSale that is not there, and whether its deletion was seen. */
export interface AbsentSale {
  readonly isDeletionSeen: boolean;
}

/**
 * The occurrence of a SalePlan whose FlashSale does not announce it: as last accepted while the sale is refused and
 * neither cancelled nor deleted, or while it is held because it vanished; else only what happened, as it was announced
 * at the start.
 */
export function recordedOccurrence(input: {
  readonly record: SalePlan;
  /**
   * The FlashSale, where it is refused or absent and announced this occurrence last; undefined where it is moved.
   */
  readonly sale: RefusedSale | AbsentSale | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly graph: CallGraph;
}): readonly Occurrence[] {
  const { record, sale, now, graph } = input;
  const { start, end: statedEnd } = windowOf(record, sale !== undefined && 'ending' in sale ? sale.ending : undefined);
  const state = stateOf({ record, sale, end: statedEnd, now });
  const end = state.calledOff === undefined ? statedEnd : lastSeen(record, start, statedEnd);
  if (end <= start) return [];
  const { name, uid } = record.spec.sale;
  const spec = state.calledOff === undefined ? acceptedSpec(record) : announcedSpec(record);
  const entryPoints = entryPointsOf(spec, graph);
  const planned = recordedTargets(record.status?.plan).map(({ target }) => target);
  const known = planned.filter(target => graph.callees.has(target));
  return [
    {
      sale: name,
      uid,
      salePlan: record.metadata.name,
      spec,
      start,
      end,
      ...state,
      record,
      entryPoints,
      reaches: [...new Set([...reach(graph, entryPoints), ...known])].sort(),
    },
  ];
}

/** The recorded window, which ends earlier where a FlashSale that does not recur says so although it is refused. */
function windowOf(record: SalePlan, ending: SaleEnding | undefined): SaleWindow {
  if (statedSpec(record).recurrence !== undefined) return announcedWindow(record);
  const { startTime, endTime } = acceptedSpec(record);
  const { edits, plan } = record.status ?? {};
  const start = parseInstant(startTime);
  const end = parseInstant(edits === undefined ? (plan?.endTime ?? endTime) : endTime);
  const isEarlier = ending?.end !== undefined && start < ending.end && ending.end < end;
  return { start, end: isEarlier ? ending.end : end };
}

function stateOf(input: {
  readonly record: SalePlan;
  readonly sale: RefusedSale | AbsentSale | undefined;
  readonly end: number;
  readonly now: number;
}): Pick<Occurrence, 'calledOff' | 'refusal' | 'gone'> {
  const { record, sale, end, now } = input;
  if (sale === undefined) return { calledOff: 'Deleted' };
  if ('isDeletionSeen' in sale) {
    const gone = holdGone({ record, end, isDeletionSeen: sale.isDeletionSeen, now });
    return gone === undefined ? { calledOff: 'Deleted' } : { gone };
  }
  const { refusal, ending } = sale;
  if (ending.deletedAt !== undefined) return { calledOff: 'Deleted' };
  if (ending.isCancelled) return { calledOff: 'Cancelled', refusal };
  return now < end && record.status?.plan !== undefined ? { refusal } : { calledOff: 'Deleted' };
}
