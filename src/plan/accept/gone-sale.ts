import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';

/** Milliseconds for which a sale is held that vanished and whose deletion nobody saw: a CRD may have been removed. */
const unseenGraceMs = 600_000;
/** Milliseconds for which a sale is held whose deletion was seen: it may be deleted to be created anew. */
const seenGraceMs = 30_000;

/** A FlashSale that vanished while its bounds were raised, and until when they are held. Epoch ms. */
export interface GoneSale {
  readonly since: number;
  readonly heldUntil: number;
}

/**
 * Decides whether a sale is held whose FlashSale is gone.
 *
 *   its SalePlan         deletion seen   →  held for
 *   records no point     any                nothing: nothing was raised for it
 *   records points       no                 10 minutes, at most to the end
 *   records points       yes                30 seconds, at most to the end
 */
export function holdGone(input: {
  readonly record: SalePlan;
  /** Epoch ms. */
  readonly end: number;
  readonly isDeletionSeen: boolean;
  /** Epoch ms. */
  readonly now: number;
}): GoneSale | undefined {
  const { record, end, isDeletionSeen, now } = input;
  const { plan, timeline = [], saleGoneSince } = record.status ?? {};
  if (plan === undefined || timeline.every(({ points }) => points.length === 0)) return undefined;
  const since = saleGoneSince === undefined ? now : parseInstant(saleGoneSince);
  const heldUntil = Math.min(end, since + (isDeletionSeen ? seenGraceMs : unseenGraceMs));
  return now < heldUntil ? { since, heldUntil } : undefined;
}
