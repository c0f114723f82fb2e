import type { MeasuredRatio } from '../../api/learned/call-ratio.ts';
import { correctRatio } from './correct-ratio.ts';

/** Hours for which a measured ratio counts at most, so that it follows what changes. */
const mostHours = 48;
/** Factor by which one hour may differ from the ratio that is believed before it: an odd one moves little. */
const mostStep = 2;

/** Adds one hour to a measured ratio; both ratios are calls per thousand requests. A ratio of 0 or less shows nothing. */
export function noteHour(known: MeasuredRatio | undefined, shown: number, declared: number): MeasuredRatio | undefined {
  if (!(shown > 0 && declared > 0) || !Number.isFinite(shown)) return known;
  const { perThousandRequests: before = declared, hours: count = 0 } = known ?? {};
  const believed = correctRatio(declared, { ratio: before, hours: count });
  const limited = Math.min(believed * mostStep, Math.max(believed / mostStep, shown));
  const hours = Math.min(mostHours, count + 1);
  const mean = before > 0 ? Math.log(before) : Math.log(believed);
  const next = Math.exp(mean + (Math.log(limited) - mean) / hours);
  return { perThousandRequests: Number(next.toPrecision(4)), hours };
}
