import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { instant, name, word } from './field.ts';
import { apiVersion } from './group.ts';
import { objectMetaSchema } from './object-meta.ts';
import { parseWith } from './parse-error.ts';

/** `ForecastOnly` watches and reports; `Apply` also writes. The stricter of policy, target and sale holds. */
export const modeSchema = z.enum(['ForecastOnly', 'Apply']);
export type Mode = z.infer<typeof modeSchema>;

/** When, how big, and where the traffic enters: the merchandiser's half of a sale. Schema and rules: crds/flashsales.yaml. */
export const flashSaleSchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('FlashSale'),
  metadata: objectMetaSchema,
  spec: z.strictObject({
    startTime: instant,
    endTime: instant,
    timeZone: z.string().max(64).default('UTC'),
    recurrence: z
      .strictObject({ rule: z.string().max(512), exceptDates: z.array(z.string().max(10)).max(400).optional() })
      .optional(),
    /** The highest minute at the entry points, as a percentage of that minute without the sale; 100–100000. */
    expectedPeakPercent: z.int().min(100).max(100_000).optional(),
    discountPercent: z.int().min(0).max(100).optional(),
    /** People told about it. */
    audience: z.int().min(0).max(10_000_000_000).optional(),
    categories: z.array(word).max(32).optional(),
    saleType: word.optional(),
    /** Units for sale. */
    stock: z.int().min(0).max(10_000_000_000).optional(),
    similarTo: z.array(name).max(16).optional(),
    entryPoints: z.array(name).max(32).optional(),
    mode: modeSchema.optional(),
    cancelled: z.boolean().default(false),
  }),
  status: z
    .looseObject({
      observedGeneration: z.int().optional(),
      peakTime: z.string().optional(),
      peakPercent: z.int().optional(),
      prescaleTime: z.string().optional(),
      extraReplicas: z.int().optional(),
      plans: z.array(z.string()).optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export type FlashSale = z.infer<typeof flashSaleSchema>;
export type FlashSaleSpec = FlashSale['spec'];
export type FlashSaleStatus = NonNullable<FlashSale['status']>;

/** @throws ParseError naming the field, when `value` is no FlashSale */
export function parseFlashSale(value: unknown): FlashSale {
  return parseWith(flashSaleSchema, value, 'FlashSale');
}
