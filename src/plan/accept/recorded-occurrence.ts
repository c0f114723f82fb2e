import { type CallGraph, reach } from '../../api/call-graph.ts';
import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import type { SaleEnding } from '../../observe/sale-ending.ts';
import { acceptedSpec, announcedSpec } from '../accepted-edits.ts';
import { entryPointsOf } from './entry-points.ts';
import { lastSeen } from './last-seen.ts';
import type { Occurrence } from './occurrence.ts';
import type { Refusal } from './refusal.ts';

/** A FlashSale that is refused as it is now, and what it still says of its end. */
export interface RefusedSale {
  readonly refusal: Refusal;
  readonly ending: SaleEnding;
}

/**
 * The occurrence of a SalePlan whose FlashSale does not announce it: as last accepted while the sale is refused and
 * neither cancelled nor deleted, else only what happened, as it was announced at the start.
 */
export function recordedOccurrence(input: {
  readonly record: SalePlan;
  /** The FlashSale, where it is refused and this occurrence is the newest that it announced. */
  readonly refused: RefusedSale | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly graph: CallGraph;
}): readonly Occurrence[] {
  const { record, refused, now, graph } = input;
  const { start, end: statedEnd } = windowOf(record, refused?.ending);
  const state = stateOf(record, refused, now < statedEnd);
  const end = state.calledOff === undefined ? statedEnd : lastSeen(record, start, statedEnd);
  if (end <= start) return [];
  const { name, uid } = record.spec.sale;
  const spec = state.calledOff === undefined ? acceptedSpec(record) : announcedSpec(record);
  const entryPoints = entryPointsOf(spec, graph);
  const planned = record.status?.plan?.targets.map(({ target }) => target) ?? [];
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

/** The recorded window, in epoch ms, which ends earlier where the FlashSale says so although it is refused. */
function windowOf(record: SalePlan, ending: SaleEnding | undefined): { readonly start: number; readonly end: number } {
  const { startTime, endTime } = acceptedSpec(record);
  const { edits, plan } = record.status ?? {};
  const start = parseInstant(startTime);
  const end = parseInstant(edits === undefined ? (plan?.endTime ?? endTime) : endTime);
  const isEarlier = ending?.end !== undefined && start < ending.end && ending.end < end;
  return { start, end: isEarlier ? ending.end : end };
}

function stateOf(
  record: SalePlan,
  refused: RefusedSale | undefined,
  isToCome: boolean,
): Pick<Occurrence, 'calledOff' | 'refusal'> {
  if (refused === undefined || refused.ending.deletedAt !== undefined) return { calledOff: 'Deleted' };
  if (refused.ending.isCancelled) return { calledOff: 'Cancelled', refusal: refused.refusal };
  return isToCome && record.status?.plan !== undefined ? { refusal: refused.refusal } : { calledOff: 'Deleted' };
}
