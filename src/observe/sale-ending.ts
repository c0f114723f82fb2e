import { z } from 'zod';
import { instant } from '../api/field.ts';
import { isTimeZone, offsetAgreesWithZone, parseInstant } from '../api/instant.ts';

/** What a FlashSale says of its end, whatever else is wrong with it. */
export interface SaleEnding {
  /** Epoch ms, when the API server was asked to delete it; present while a finalizer keeps it. */
  readonly deletedAt?: number;
  readonly isCancelled: boolean;
  /** Epoch ms, the stated end; absent when it contradicts the stated start or zone, and of a recurring sale, which has many. */
  readonly end?: number;
}

const endingSchema = z.object({
  metadata: z.object({ deletionTimestamp: instant.optional().catch(undefined) }).catch({}),
  spec: z
    .object({
      cancelled: z.boolean().catch(false),
      startTime: instant.optional().catch(undefined),
      endTime: instant.optional().catch(undefined),
      timeZone: z.string().refine(isTimeZone).catch('UTC'),
      recurrence: z.unknown().optional(),
    })
    .catch({ cancelled: false, timeZone: 'UTC' }),
});

/**
 * Reads what a FlashSale says of its end, field by field: a sale that is refused for another reason can still be
 * cancelled, deleted, or ended earlier.
 */
export function readSaleEnding(value: unknown): SaleEnding {
  const { metadata, spec } = endingSchema
    .catch({ metadata: {}, spec: { cancelled: false, timeZone: 'UTC' } })
    .parse(value);
  const { deletionTimestamp } = metadata;
  const { startTime, endTime, timeZone, recurrence, cancelled } = spec;
  const isPlain =
    endTime !== undefined &&
    (recurrence ?? undefined) === undefined &&
    offsetAgreesWithZone(endTime, timeZone) &&
    (startTime === undefined || parseInstant(startTime) < parseInstant(endTime));
  return {
    ...(deletionTimestamp === undefined ? {} : { deletedAt: parseInstant(deletionTimestamp) }),
    isCancelled: cancelled,
    ...(isPlain ? { end: parseInstant(endTime) } : {}),
  };
}
