import { z } from 'zod';
import { instant, measure, name } from '../field.ts';

/** Schema of a measured ratio: calls for each thousand requests of the caller, and the hours that count in it. */
const measuredRatioSchema = z.object({
  perThousandRequests: measure,
  hours: z.int().min(1).max(48),
});

/** A measured call ratio, and how many hours it rests on. */
export type MeasuredRatio = Readonly<z.infer<typeof measuredRatioSchema>>;

/** Schema of what was measured of one call of a target, as its status keeps it. */
export const callRatioSchema = z.object({
  /** Name of the called target. */
  target: name,
  /** From 06:00 to 24:00 of the target's clock, outside sales. */
  ordinary: measuredRatioSchema.optional(),
  /** From 00:00 to 06:00, outside sales. */
  night: measuredRatioSchema.optional(),
  /** End of the newest hour that is counted. */
  until: instant,
});

/** What was measured of one call of a target outside sales. */
export type CallRatio = Readonly<z.infer<typeof callRatioSchema>>;
