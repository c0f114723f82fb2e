/** Around the start of a sale, in ms: a floor that was taken away just then costs visitors. */
const urgentSpacingMs = 30_000;
/** Six an hour. */
const patientSpacingMs = 10 * 60_000;
/** A sale's first ten minutes are as urgent as the time before. */
const urgentAfterStartMs = 10 * 60_000;

/** What tells how soon another writer may be answered. Times in epoch ms of domain time. */
export interface AnswerPaceInput {
  readonly now: number;
  /** When we last wrote the object; absent when we never did. */
  readonly sentAt?: number | undefined;
  /** The sales that raise this object. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/**
 * When a bound that another writer has put back may be written again: at once when our last write is long past, else
 * 10 minutes after it (6 writes an hour), and 30 seconds after it from a sale's prescaleTime until 10 minutes into it.
 * Two writers that answer each other at once would wear out the API server and help nobody.
 */
export function planAnswer({ now, sentAt, sales }: AnswerPaceInput): number {
  if (sentAt === undefined || sentAt > now) return now;
  const isUrgent = sales.some(sale => sale.prescaleTime <= now && now < sale.start + urgentAfterStartMs);
  return Math.max(now, sentAt + (isUrgent ? urgentSpacingMs : patientSpacingMs));
}
