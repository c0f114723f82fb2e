import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import { tiers } from '../../../api/tier.ts';

/** One target's claim to the namespace's total. */
export interface Want {
  readonly target: string;
  readonly tier: ScalingTargetSpec['tier'];
  /** Replicas that it keeps in any case: its baseline. */
  readonly kept: number;
  /** Replicas that it should have; ≥ kept. */
  readonly wanted: number;
}

/**
 * Shares a total of replicas among targets: each keeps its `kept` replicas; the rest goes to the Critical, then to the
 * Standard, then to the Background ones; within a tier all get the same proportion of what they lack, because a request
 * needs all of them. The result does not depend on the order of `wants`.
 */
export function shareTotal(wants: readonly Want[], total: number): ReadonlyMap<string, number> {
  const shares = new Map(wants.map(({ target, kept }) => [target, kept]));
  let room = Math.max(0, total - sum(wants.map(({ kept }) => kept)));
  for (const tier of tiers) {
    const members = wants.filter(want => want.tier === tier);
    const lacks = members.map(({ target, wanted, kept }) => ({ target, lack: Math.max(0, wanted - kept) }));
    for (const { target, share } of shareRoom(lacks, room)) {
      shares.set(target, (shares.get(target) ?? 0) + share);
      room -= share;
    }
  }
  return shares;
}

/**
 * Shares in proportion, in whole replicas; the remainder of rounding goes to the largest fractions, by name among
 * equals.
 */
function shareRoom(
  lacks: readonly { readonly target: string; readonly lack: number }[],
  room: number,
): readonly { readonly target: string; readonly share: number }[] {
  const lacking = sum(lacks.map(({ lack }) => lack));
  if (lacking <= room) return lacks.map(({ target, lack }) => ({ target, share: lack }));
  const exact = lacks.map(({ target, lack }) => ({ target, part: (lack * room) / lacking }));
  let over = room - sum(exact.map(({ part }) => Math.floor(part)));
  const byFraction = exact.toSorted((a, b) => (b.part % 1) - (a.part % 1) || (a.target < b.target ? -1 : 1));
  return byFraction.map(({ target, part }) => {
    const extra = over > 0 ? 1 : 0;
    over -= extra;
    return { target, share: Math.floor(part) + extra };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
