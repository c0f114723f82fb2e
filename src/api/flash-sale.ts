import { z } from 'zod';
import { conditionsSchema } from './condition.ts';
import { verdicts } from './conditions/verdict.ts';
import { describeObject, type FieldFault, parseWith } from './faults/parse-error.ts';
import { offsetIn } from './faults/suggest-value.ts';
import { areDistinct, generation, instant, name, percent, word, zone } from './field.ts';
import { apiVersion } from './group.ts';
import { offsetAgreesWithZone, parseInstant } from './instant.ts';
import { objectMetaSchema } from './object-meta.ts';
import { describeRuleFault, untilOf } from './series/recurrence-rule.ts';

/**
 * What Headstart does: `ForecastOnly` watches and reports; `Apply` also writes. The strictest of policy, target and
 * sale applies.
 */
export const modeSchema = z.enum(['ForecastOnly', 'Apply']);
export type Mode = z.infer<typeof modeSchema>;

const longestSaleMs = 92 * 86_400_000;

const flashSaleSpecSchema = z.strictObject({
  startTime: instant,
  endTime: instant,
  /** IANA zone in which people read the times, and of `recurrence`. */
  timeZone: zone.default('UTC'),
  /** Recurrence rule of RFC 5545, in wall-clock time, and the local days that it leaves out. */
  recurrence: z
    .strictObject({
      rule: z
        .string()
        .max(512)
        .regex(
          /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/,
          'must begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and go on as ;BYDAY=FR;COUNT=6',
        ),
      exceptDates: z
        .array(
          z
            .string()
            .max(10)
            .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date as 2026-12-25'),
        )
        .max(400)
        .refine(areDistinct, 'must not name a date twice')
        .optional(),
    })
    .optional(),
  /** Highest minute at the entry points, as a percentage of that minute without the sale; 100–100000. */
  expectedPeakPercent: z.int().min(100).max(100_000).optional(),
  /**
   * The least demand at the entry points that capacity is kept for, as a percentage of each minute's P50 without any
   * sale; 100–100000.
   */
  minPeakPercent: z.int().min(100).max(100_000).optional(),
  /** How long the floor of a sale of more than a day is held: to its end, or from day to day. */
  hold: z.enum(['WholeSale', 'Daily']).default('WholeSale'),
  discountPercent: z.int().min(0).max(100).optional(),
  /** Number of people who are told about the sale. */
  audience: z.int().min(0).max(10_000_000_000).optional(),
  categories: z.array(word).max(32).refine(areDistinct, 'must not name a category twice').optional(),
  /** Free word; sales with the same word are considered alike. */
  saleType: word.optional(),
  /** Free word; of overlapping sales with the same word the larger demand counts, because they have the same visitors. */
  audienceGroup: word.optional(),
  /** Number of units for sale. */
  stock: z.int().min(0).max(10_000_000_000).optional(),
  similarTo: z.array(name).max(16).refine(areDistinct, 'must not name a sale twice').optional(),
  /** Targets where the extra traffic enters; when absent, those marked entryPoint. */
  entryPoints: z.array(name).max(32).refine(areDistinct, 'must not name a target twice').optional(),
  mode: modeSchema.optional(),
  /** Whether the sale is treated as ended now, and its bounds are restored. */
  cancelled: z.boolean().default(false),
});

const flashSaleStatusSchema = z.looseObject({
  observedGeneration: generation.optional(),
  /** Times of the sale that the status describes: of a recurring one the date that runs, else the next, else the last. */
  startTime: instant.optional(),
  endTime: instant.optional(),
  peakTime: instant.optional(),
  peakPercent: percent.optional(),
  prescaleTime: instant.optional(),
  extraReplicas: z.int().min(0).max(10_000_000).optional(),
  /** The worse of the verdicts of `Feasible` and `CapacityReady`; absent once the sale is over. */
  verdict: z.enum(verdicts).optional(),
  /** Names of the sale's SalePlans, newest first. */
  plans: z.array(name).max(64).optional(),
  conditions: conditionsSchema.optional(),
});

/**
 * A sale as the merchandiser states it: when, how big, and where the traffic enters. Schema and rules:
 * crds/flashsales.yaml.
 */
export const flashSaleSchema = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('FlashSale'),
    metadata: objectMetaSchema,
    spec: flashSaleSpecSchema,
    status: flashSaleStatusSchema.optional(),
  })
  .superRefine(({ spec }, context) => {
    if (context.issues.length > 0) return;
    for (const { field, message } of timeProblems(spec)) {
      context.addIssue({ code: 'custom', path: ['spec', ...field.split('.')], message });
    }
  });

export type FlashSale = z.infer<typeof flashSaleSchema>;
export type FlashSaleSpec = FlashSale['spec'];
export type FlashSaleStatus = NonNullable<FlashSale['status']>;

/**
 * Encodes a status for the API: percentages become whole numbers.
 *
 * @throws when a value is outside the bounds of crds/flashsales.yaml
 */
export function encodeFlashSaleStatus(status: FlashSaleStatus): Readonly<Record<string, unknown>> {
  return z.encode(flashSaleStatusSchema, status);
}

/** Parses a FlashSale. @throws ParseError naming the field, when `value` is not a FlashSale */
export function parseFlashSale(value: unknown): FlashSale {
  return parseWith(flashSaleSchema, value, describeObject('FlashSale', value), timeFaults);
}

const { startTime, endTime, timeZone, recurrence } = flashSaleSpecSchema.shape;
const timesSchema = z.object({ spec: z.object({ startTime, endTime, timeZone, recurrence }) });

/** Checks the times of a sale, even when other fields are wrong. */
function timeFaults(value: unknown): readonly FieldFault[] {
  const times = timesSchema.safeParse(value);
  if (!times.success) return [];
  return timeProblems(times.data.spec).map(({ field, message }) => ({
    field: `spec.${field}`,
    path: ['spec', ...field.split('.')],
    message,
  }));
}

/** Checks the times against each other; each one is already known to be a valid instant. */
function timeProblems(
  spec: Pick<FlashSaleSpec, 'startTime' | 'endTime' | 'timeZone' | 'recurrence'>,
): readonly { readonly field: string; readonly message: string }[] {
  const lengthMs = parseInstant(spec.endTime) - parseInstant(spec.startTime);
  const problems: { readonly field: string; readonly message: string }[] = (['startTime', 'endTime'] as const)
    .filter(field => !offsetAgreesWithZone(spec[field], spec.timeZone))
    .map(field => ({ field, message: describeOffset(spec[field], spec.timeZone) }));
  if (lengthMs <= 0) {
    problems.push({ field: 'endTime', message: `must be after startTime ${spec.startTime}, got ${spec.endTime}` });
  }
  if (lengthMs > longestSaleMs) {
    problems.push({ field: 'endTime', message: 'must be at most 92 days after startTime' });
  }
  const ruleFault = describeRecurrence(spec);
  if (ruleFault !== undefined) problems.push({ field: 'recurrence.rule', message: ruleFault });
  return problems;
}

/** What is wrong with the rule, by itself or beside startTime; undefined when it can be followed. */
function describeRecurrence({
  startTime,
  recurrence,
}: Pick<FlashSaleSpec, 'startTime' | 'recurrence'>): string | undefined {
  if (recurrence === undefined) return undefined;
  const fault = describeRuleFault(recurrence.rule);
  const until = untilOf(recurrence.rule);
  if (fault !== undefined || until === undefined) return fault;
  const isBefore = until.slice(0, 8) < startTime.slice(0, 10).replaceAll('-', '');
  return isBefore ? `must have an UNTIL after startTime ${startTime}, got ${until}` : undefined;
}

function describeOffset(text: string, timeZone: string): string {
  const wall = text.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  const there = offsetIn(timeZone, wall);
  return `must have the offset of timeZone ${timeZone}, ${there}, got ${text}; write ${wall}${there}`;
}
