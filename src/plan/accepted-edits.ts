import type { FlashSaleSpec } from '../api/flash-sale.ts';
import { formatInstant, parseInstant } from '../api/instant.ts';
import type { AcceptedEdit, SalePlan } from '../api/sale-plan.ts';
import { plannedTimes } from '../api/series/planned-times.ts';
import { lengthMs, type SaleWindow, specAt } from '../api/series/recurring-sale.ts';

/** The FlashSale's own spec as it was last accepted, with its recurrence. */
export function statedSpec({ spec, status }: SalePlan): FlashSaleSpec {
  return status?.edits?.at(-1)?.spec ?? spec.sale.spec;
}

/** The spec as it was last accepted, at the date of this SalePlan: what stands in for it while it is refused. */
export function acceptedSpec(record: SalePlan): FlashSaleSpec {
  return atOwnDate(record, statedSpec(record));
}

/** The spec as it was last accepted before the start, at the date of this SalePlan: what the forecast learns from. */
export function announcedSpec(record: SalePlan): FlashSaleSpec {
  const isBefore = ({ acceptedAt, spec }: AcceptedEdit) =>
    parseInstant(acceptedAt) < parseInstant(atOwnDate(record, spec).startTime);
  return atOwnDate(record, record.status?.edits?.findLast(isBefore)?.spec ?? record.spec.sale.spec);
}

/** The times of a date of a series as they were when it began: an edit moves only what has not begun. */
export function announcedWindow(record: SalePlan): SaleWindow {
  const { startTime, endTime } = announcedSpec(record);
  return { start: parseInstant(startTime), end: parseInstant(endTime) };
}

function atOwnDate(record: SalePlan, spec: FlashSaleSpec): FlashSaleSpec {
  if (spec.recurrence === undefined) return spec;
  const start = parseInstant(plannedTimes(record).startTime);
  return specAt(spec, { start, end: start + lengthMs(spec) });
}

/** Epoch ms since when the FlashSale announces this occurrence; the SalePlan's creation, as long as nothing changed. */
export function acceptedAt({ metadata, status }: SalePlan): number {
  const edit = status?.edits?.at(-1);
  if (edit !== undefined) return parseInstant(edit.acceptedAt);
  return metadata.creationTimestamp === undefined ? 0 : Date.parse(metadata.creationTimestamp);
}

/**
 * Records an accepted edit: at most the last one before the start, and the last one since.
 *
 *   the FlashSale's spec                              now            →  edits
 *   as last accepted, and announced last                any               as recorded
 *   edited, or moved back to this time                  before the start  this one
 *   edited, or moved back to this time                  since the start   the last one before it, and this one
 *
 * @param spec the FlashSale's own spec, with its recurrence
 * @param others SalePlans of the same sale at other times that this spec does not announce
 */
export function recordEdit(input: {
  readonly record: SalePlan;
  readonly spec: FlashSaleSpec;
  readonly others: readonly SalePlan[];
  /** Epoch ms. */
  readonly now: number;
}): readonly AcceptedEdit[] | undefined {
  const { record, spec, others, now } = input;
  const edits = record.status?.edits ?? [];
  const newestOther = Math.max(...others.map(acceptedAt));
  const isSame = isSameSpec(statedSpec(record), spec);
  if (isSame && acceptedAt(record) > newestOther) return record.status?.edits;
  const at = Math.max(now, newestOther + 1000);
  const start = parseInstant(atOwnDate(record, spec).startTime);
  const before = now < start ? [] : edits.filter(edit => parseInstant(edit.acceptedAt) < start).slice(-1);
  return [...before, { acceptedAt: formatInstant(at), spec }];
}

/** Whether two specs say the same; both were parsed, so that their keys have one order. */
function isSameSpec(one: FlashSaleSpec, other: FlashSaleSpec): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
