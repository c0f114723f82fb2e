import { z } from 'zod';

/** A name of an object in the same namespace: an RFC 1123 subdomain. */
export const name = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be the name of an object: lower-case letters, digits, "-" and "."');

/** A free word or two: a category, a sale type. */
export const word = z.string().min(1).max(63);

/** An instant: RFC 3339 with an offset, upper-case T and Z; kept as it was written. */
export const instant = z
  .string()
  .max(40)
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
    'must be an instant with its offset, as 2026-11-27T20:00:00+01:00',
  )
  .refine(text => !Number.isNaN(Date.parse(text)), 'must be an instant that exists');

/** A Kubernetes Quantity string or a number, as requests a second or as money; positive or zero. */
export const quantity = z.union([z.string().max(32), z.number()]).transform(String);
