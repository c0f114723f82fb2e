/**
 * Spacing of answers from a sale's prescaleTime until ten minutes after its start, in ms: short, because a floor
 * removed then costs visitors.
 */
const urgentSpacingMs = 30_000;
/** Spacing of answers at any other time, in ms: six per hour. */
const patientSpacingMs = 10 * 60_000;
/** Part of a sale after its start that counts as urgent, in ms. */
const urgentAfterStartMs = 10 * 60_000;

/** Input for the time at which another writer may be answered. Times are epoch ms, domain time. */
export interface AnswerPaceInput {
  readonly now: number;
  /** Time of our last write to the object; absent when there was none. */
  readonly sentAt?: number | undefined;
  /** Sales that raise this object. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/**
 * Returns the time at which a bound that another writer has put back may be written again: `now` when our last write is
 * long past, else 10 minutes after it (6 writes per hour), or 30 seconds after it from a sale's prescaleTime until 10
 * minutes into the sale. Two writers that answer each other at once would load the API server and never agree.
 */
export function planAnswer({ now, sentAt, sales }: AnswerPaceInput): number {
  if (sentAt === undefined || sentAt > now) return now;
  const isUrgent = sales.some(sale => sale.prescaleTime <= now && now < sale.start + urgentAfterStartMs);
  return Math.max(now, sentAt + (isUrgent ? urgentSpacingMs : patientSpacingMs));
}
