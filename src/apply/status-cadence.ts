import type { Condition } from '../api/condition.ts';
import { statusPatch } from './status-patch.ts';

/** Numbers in a status are written this often while a sale is due or running … */
export const saleCadenceMs = 5 * 60_000;
/** … and this often otherwise. */
export const quietCadenceMs = 3_600_000;

/** A status of any of our kinds. */
export interface AnyStatus {
  readonly observedGeneration?: number | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  /** Of a FlashSale: names of its SalePlans. */
  readonly plans?: readonly string[] | undefined;
}

/** When a status is due to be written. Times are domain time, epoch ms. */
export interface CadenceInput {
  readonly before: AnyStatus | undefined;
  readonly after: AnyStatus;
  readonly now: number;
  /** When it was last sent, or first looked at by this process. */
  readonly sentAt: number;
  readonly cadenceMs: number;
}

/**
 * True when a status must be written now:
 *
 *   nothing differs                                           never
 *   first status, a condition's status or reason, generation  at once; so is a new SalePlan
 *   only numbers and wording                                  in the first reconcile of each full 5 minutes or hour
 *
 * The slots are full multiples, so a restart in the middle of one writes nothing that would not have been written.
 */
export function isStatusDue({ before, after, now, sentAt, cadenceMs }: CadenceInput): boolean {
  if (before === undefined || isChanged(before, after)) return true;
  if (statusPatch({ ...before }, { ...after }) === undefined) return false;
  return Math.floor(now / cadenceMs) > Math.floor(sentAt / cadenceMs);
}

/** What a reader acts on: the generation that was seen, and what each condition says, not how it is worded. */
function isChanged(before: AnyStatus, after: AnyStatus): boolean {
  if (before.observedGeneration !== after.observedGeneration) return true;
  if (before.plans?.join() !== after.plans?.join()) return true;
  const said = ({ conditions = [] }: AnyStatus) =>
    conditions.map(({ type, status, reason }) => `${type}=${status}:${reason}`);
  return said(before).join() !== said(after).join();
}
