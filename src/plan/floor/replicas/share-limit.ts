import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import { tiers } from '../../../api/tier.ts';

/** One target's claim to a shared limit. */
export interface LimitClaim {
  readonly target: string;
  readonly tier: ScalingTargetSpec['tier'];
  /** Replicas that it keeps in any case. */
  readonly kept: number;
  /** Replicas that it should have; ≥ kept. */
  readonly wanted: number;
  /** Units of the limit that so many replicas use; never falls with them. */
  readonly units: (replicas: number) => number;
}

/** Share of a unit (0–1) that sums of fractions may be off in binary. */
const tolerance = 1e-9;

/**
 * Shares a limit among targets, in replicas: each keeps its `kept` replicas; the rest goes to the Critical, then to the
 * Standard, then to the Background ones. In the tier that it does not suffice for, all get the same part of the replicas
 * that they lack, each rounded down; one more replica each, by name, goes to those that rounding brought to the same
 * part, while it fits; and lower tiers get nothing.
 *
 *   total   kept, wanted, units a replica                      →  replicas
 *   100     a 4, 44, 1      b 4, 24, 1      one tier               a 65 → 44, b 24: all fit
 *   40      a 4, 44, 1      b 4, 24, 1      one tier               a 26, b 14: each 55 % of 40, 52 % of 20
 *   40      a 4, 44, 1      b 4, 24, 1      a is Critical          a 36, b 4
 *   40      a 4, 4, 20      b 4, 24, 1                             a 4, b 4: what is kept exceeds it already
 *
 * More of the limit never leaves a target with less, nor does a target that wants more get less; the result does not
 * depend on the order of `claims`.
 */
export function shareLimit(claims: readonly LimitClaim[], total: number): ReadonlyMap<string, number> {
  const shares = new Map(claims.map(({ target, kept }) => [target, kept]));
  let room = total - sum(claims.map(({ units, kept }) => units(kept)));
  for (const tier of tiers) {
    const members = claims.filter(claim => claim.tier === tier && claim.wanted > claim.kept);
    const lacking = sum(members.map(({ units, kept, wanted }) => units(wanted) - units(kept)));
    const isEnough = lacking <= room + tolerance;
    const granted = isEnough ? members.map(({ wanted }) => wanted) : partOf(members, room);
    for (const [index, { target }] of members.entries()) shares.set(target, granted[index] ?? 0);
    if (!isEnough) break;
    room -= lacking;
  }
  return shares;
}

/** Halvings that tell any two parts apart: those of 100,000 replicas differ by 10⁻¹⁰ at least. */
const halvings = 40;

/** The replicas of each claim when all get the same part of what they lack, the largest that fits `room`. */
function partOf(claims: readonly LimitClaim[], room: number): readonly number[] {
  const at = (part: number) => claims.map(({ kept, wanted }) => kept + Math.floor(part * (wanted - kept)));
  const used = (replicas: readonly number[]) =>
    sum(claims.map(({ units, kept }, index) => units(replicas[index] ?? kept) - units(kept)));
  let [low, high] = [0, 1];
  for (let nth = 0; nth < halvings; nth++) {
    const middle = (low + high) / 2;
    if (used(at(middle)) <= room + tolerance) low = middle;
    else high = middle;
  }
  const [fits, next] = [[...at(low)], at(high)];
  const byName = [...claims.keys()].sort((a, b) => ((claims[a]?.target ?? '') < (claims[b]?.target ?? '') ? -1 : 1));
  for (const index of byName.filter(each => next[each] !== fits[each])) {
    const more = fits.with(index, next[index] ?? 0);
    if (used(more) > room + tolerance) break;
    fits.splice(0, fits.length, ...more);
  }
  return fits;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
