import { z } from 'zod';
import { instantPattern, isInstant, isTimeZone } from './instant.ts';
import { formatQuantity, parseQuantity, quantityPattern, signedQuantityPattern } from './quantity.ts';
import { shortenToLength } from './shorten-text.ts';

/** A name of an object in the same namespace: an RFC 1123 subdomain. */
export const name = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be the name of an object: lower-case letters, digits, "-" and "."');

/** A free text of one or two words: a category, a sale type. */
export const word = z.string().min(1).max(63);

/** A word defined by Headstart, such as a reason or a unit. */
export const label = z.string().max(63);

/** An instant: RFC 3339 with an offset, upper-case T and Z; kept as it was written. */
export const instant = z
  .string()
  .max(40)
  .regex(instantPattern, 'must be an instant with its offset, as 2026-11-27T20:00:00+01:00')
  .refine(isInstant, 'must be an instant that exists');

/** A zone of the IANA database. */
export const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/, 'must be a zone of the IANA database, as Europe/Berlin')
  .refine(isTimeZone, 'must be a zone of the IANA database, as Europe/Berlin');

/** A Kubernetes Quantity at or above 0, quoted or a bare integer; kept as text. */
export const quantity = z
  .union([
    z.string().max(32).regex(quantityPattern, 'must be a quantity, as "45", "4.5" or "4500m"'),
    z.int().min(0).max(1_000_000_000),
  ])
  .transform(String);

/** A Kubernetes Quantity above 0. */
export const positiveQuantity = quantity.refine(text => parseQuantity(text) > 0, 'must be above 0');

/** An amount of money or of orders, 0 to 1 000 000 000: a plain decimal or thousandths, quoted or a bare integer. */
export const amount = z
  .union([
    z
      .string()
      .max(32)
      .regex(/^(\d{1,9}(\.\d{1,6})?|\d{1,12}m)$/, 'must be an amount below 1000000000, as "59.90" or "40m"'),
    z.int().min(0).max(1_000_000_000),
  ])
  .transform(String);

/** Most replicas that a field can state. */
export const mostReplicas = 100_000;

/** Replicas of a workload; 0–100000. */
export const replicas = z.int().min(0).max(mostReplicas);

/** The `metadata.generation` that a status describes. */
export const generation = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The highest number that the pattern of a Quantity has room for. */
const highest = 1e99;

/**
 * A measured number in a status: a number in memory, a Quantity string of four digits in the API, because Kubernetes'
 * conventions forbid floats. Bare numbers can be read but are never written. A number beyond 1e99, which no demand has, is written as that.
 */
export const measure = z.codec(z.union([z.string().max(32).regex(signedQuantityPattern), z.number()]), z.number(), {
  decode: wire => (typeof wire === 'number' ? wire : parseQuantity(wire)),
  encode: value => formatQuantity(Number.isFinite(value) ? Math.min(highest, Math.max(-highest, value)) : value),
});

/** A percentage in a status, −1 000 000 to 1 000 000: a number in memory, rounded to a whole number in the API. */
export const percent = z.codec(z.int().min(-1_000_000).max(1_000_000), z.number(), {
  decode: wire => wire,
  encode: value => Math.min(1_000_000, Math.max(-1_000_000, Math.round(value))),
});

/** A sentence in a status; cut to the API's limit when it is written. */
export function sentence(maxLength: number) {
  return z.codec(z.string().max(maxLength), z.string(), {
    decode: wire => wire,
    encode: text => shortenToLength(text, maxLength),
  });
}

/** Whether all elements have distinct keys, as `x-kubernetes-list-type` requires of sets and maps. */
export function areDistinct(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

/** What an emergency does: `Ceiling` raises to the highest allowed bounds, `Baseline` ends every raise. */
export const emergency = z.strictObject({
  action: z.enum(['Ceiling', 'Baseline']),
  /** From then on it has no effect. */
  until: instant,
  /** Name of the person who asked for it; the API server compares it with the caller's. */
  requestedBy: z.string().min(1).max(253),
  reason: z.string().min(1).max(1024),
});

/** An order of a person that stands above forecasts, metrics and approvals, and below a pause. */
export type Emergency = Readonly<z.infer<typeof emergency>>;

/** Equal steps in which a target is raised: a share of the raise each minute, or a number of steps. */
export const rampUp = z
  .strictObject({
    percentPerMinute: z.int().min(2).max(100).optional(),
    steps: z.int().min(2).max(50).optional(),
    everySeconds: z.int().min(10).max(3600).optional(),
  })
  .refine(
    ({ percentPerMinute, steps, everySeconds }) =>
      percentPerMinute === undefined
        ? steps !== undefined && everySeconds !== undefined
        : steps === undefined && everySeconds === undefined,
    'must have either percentPerMinute, or steps and everySeconds',
  );

/** Name of a source in the operator's settings. */
export const sourceName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "must be the name of a source in the operator's settings");

/** Direction in which bounds are not changed while paused. */
export const paused = z.enum(['None', 'Up', 'Down', 'Both']);
