import type { Condition } from '../../api/condition.ts';
import { statusPatch } from './status-patch.ts';

/** Interval between writes of numbers in a status while a sale is due or running, in ms. */
export const saleCadenceMs = 5 * 60_000;
/** Interval between writes of numbers in a status at any other time, in ms. */
export const quietCadenceMs = 3_600_000;

/** Status of any Headstart kind. */
export interface AnyStatus {
  readonly observedGeneration?: number | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  /** Names of the SalePlans of a FlashSale. */
  readonly plans?: readonly string[] | undefined;
  /** Freeze windows of a ScalingPolicy; what stands there now may be anything. */
  readonly freeze?: unknown;
}

/** Input that decides whether a status is due. Times are epoch ms, domain time. */
export interface CadenceInput {
  readonly before: AnyStatus | undefined;
  readonly after: AnyStatus;
  readonly now: number;
  /** Time at which the status was last sent, or first seen by this process. */
  readonly sentAt: number;
  readonly cadenceMs: number;
}

/**
 * Returns true when a status must be written now:
 *
 *   nothing differs                                           never
 *   first status, a condition's status or reason, generation  at once; so are a new SalePlan and a freeze window
 *   only numbers and wording                                  in the first reconcile of each full 5 minutes or hour
 *
 * The slots are full multiples of the interval, so a restart within a slot causes no extra write.
 */
export function isStatusDue({ before, after, now, sentAt, cadenceMs }: CadenceInput): boolean {
  if (before === undefined || isChanged(before, after)) return true;
  if (statusPatch({ ...before }, { ...after }) === undefined) return false;
  return Math.floor(now / cadenceMs) > Math.floor(sentAt / cadenceMs);
}

/**
 * Compares what a reader acts on: the observed generation, SalePlans, freeze windows, and each condition's status and
 * reason, not its wording.
 */
function isChanged(before: AnyStatus, after: AnyStatus): boolean {
  if (before.observedGeneration !== after.observedGeneration) return true;
  if (before.plans?.join() !== after.plans?.join()) return true;
  if (JSON.stringify(before.freeze) !== JSON.stringify(after.freeze)) return true;
  const said = ({ conditions = [] }: AnyStatus) =>
    conditions.map(({ type, status, reason }) => `${type}=${status}:${reason}`);
  return said(before).join() !== said(after).join();
}
