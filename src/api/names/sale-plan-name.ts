import { createHash } from 'node:crypto';

/** Length of `-yyyymmdd-hhmm`, in characters. */
const suffixLength = 14;
/** Hexadecimal digits of SHA-256 that stand for the end of a long name. */
const hashLength = 20;
/** Longest name of a sale that is kept whole, in characters; an object name has at most 253. */
const longestWhole = 253 - suffixLength - hashLength - 1;

/**
 * Formats the name `<sale>-<yyyymmdd>-<hhmm>` from the occurrence's start in UTC. A sale's name of more than 218
 * characters is cut and ends in a hash of the whole, so that no two sales share a SalePlan: such a name always has 253
 * characters, and one that is kept whole has fewer.
 */
export function salePlanName(sale: string, startMs: number): string {
  const stamp = new Date(startMs).toISOString();
  const suffix = `-${stamp.slice(0, 10).replaceAll('-', '')}-${stamp.slice(11, 16).replace(':', '')}`;
  return `${sale.length <= longestWhole ? sale : shorten(sale)}${suffix}`;
}

/** Cuts a long name; a dot may not stand before the hyphen of the hash. */
function shorten(sale: string): string {
  const kept = sale.slice(0, longestWhole).replace(/\.+$/, dots => '-'.repeat(dots.length));
  const hash = createHash('sha256').update(sale).digest('hex').slice(0, hashLength);
  return `${kept}-${hash}`;
}
