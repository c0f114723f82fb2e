import { z } from 'zod';
import { sourceName } from '../field.ts';

/** The word in a query of the stock that stands for the sale's name. */
export const saleArgument = '$sale';

/**
 * Schema of where the stock of a sale is read: a source of the operator's settings, and a query that gives the units left
 * of the sale whose name takes the place of `$sale`.
 */
export const stockSourceSchema = z.strictObject({
  source: sourceName,
  query: z
    .string()
    .min(1)
    .max(4096)
    .refine(query => query.includes(saleArgument), `must have ${saleArgument}, which stands for the name of the sale`)
    .refine(
      query => !['"', "'", '`'].some(quote => query.includes(`${quote}${saleArgument}`)),
      `must have ${saleArgument} without quotes around it: the name is quoted already`,
    ),
});
