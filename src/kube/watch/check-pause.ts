import { createHash } from 'node:crypto';

/**
 * Milliseconds before the first check of a cache: 20 to 100 % of the period, the same at each start for one kind and
 * namespace and spread over kinds, so that the lists of a process do not come together.
 *
 * @param subject kind and namespace: "flashsales/shop"
 */
export function firstCheckMs(subject: string, periodMs: number): number {
  const share = createHash('sha256').update(subject).digest().readUInt32BE(0) / 2 ** 32;
  return Math.round(periodMs * (0.2 + 0.8 * share));
}
