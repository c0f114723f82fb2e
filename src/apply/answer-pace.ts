import type { WriteClocks } from './apply-context.ts';

/**
 * Spacing of answers from a sale's prescaleTime until ten minutes after its start, in ms: short, because a floor
 * removed then costs visitors.
 */
const urgentSpacingMs = 30_000;
/** Spacing of answers at any other time, in ms: six per hour. */
const patientSpacingMs = 10 * 60_000;
/** Part of a sale after its start that counts as urgent, in ms. */
const urgentAfterStartMs = 10 * 60_000;

/** Input for the time at which another writer may be answered. */
export interface AnswerPaceInput {
  /** Epoch ms, domain time. */
  readonly now: number;
  /** Milliseconds since our last write to the object; absent when there was none. */
  readonly sinceSentMs?: number | undefined;
  /** Sales that raise this object. Times are epoch ms. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/**
 * Returns the time at which a bound that another writer has put back may be written again: `now` when our last write is
 * long past, else 10 minutes after it (6 writes per hour), or 30 seconds after it from a sale's prescaleTime until 10
 * minutes into the sale. Two writers that answer each other at once would load the API server and never agree.
 */
export function planAnswer({ now, sinceSentMs, sales }: AnswerPaceInput): number {
  if (sinceSentMs === undefined) return now;
  const isUrgent = sales.some(sale => sale.prescaleTime <= now && now < sale.start + urgentAfterStartMs);
  return now + Math.max(0, (isUrgent ? urgentSpacingMs : patientSpacingMs) - sinceSentMs);
}

/** What is known of our last write to an object. */
export interface LastWrite {
  /** The time of our newest write in managedFields, epoch ms of the API server's clock. */
  readonly writtenAt?: number | undefined;
  /** Monotonic ms of our own newest acknowledged write. */
  readonly sentMs?: number | undefined;
}

/**
 * Returns the milliseconds since our newest write: by our own monotonic clock for what this process sent, else by the
 * object, whose time is corrected by the difference of the clocks. Undefined when there was no write.
 */
export function sinceLastWrite({ writtenAt, sentMs }: LastWrite, now: number, clocks: WriteClocks): number | undefined {
  const ages = [
    ...(sentMs === undefined ? [] : [clocks.monotonicMs() - sentMs]),
    ...(writtenAt === undefined ? [] : [now - writtenAt - clocks.skewMs()]),
  ];
  return ages.length === 0 ? undefined : Math.max(0, Math.min(...ages));
}
