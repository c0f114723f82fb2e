import { wholeNeeds } from './replica-needs.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { NamespaceReplicas, ReplicaNeed, TargetNeeds } from './replicas/replica-rule.ts';
import type { SaleNeed } from './sale-need.ts';

/** The needs of the whole of a sale, by target name. */
export function needsOfWhole(needs: ReadonlyMap<string, SaleNeed>): ReadonlyMap<string, readonly ReplicaNeed[]> {
  const whole = new Map<string, readonly ReplicaNeed[]>();
  needs.forEach((need, name) => {
    whole.set(name, wholeNeeds(need));
  });
  return whole;
}

/** Replicas for the whole of some sales, within caps; the namespace's total is shared out only when they are due. */
export function replicasTogether(
  sales: readonly ReadonlyMap<string, readonly ReplicaNeed[]>[],
  chain: ReplicaChain,
): NamespaceReplicas {
  const all = new Map<string, TargetNeeds>();
  for (const sale of sales)
    sale.forEach((needs, name) => {
      const others = all.get(name)?.needs;
      all.set(name, { needs: others === undefined ? needs : [...others, ...needs] });
    });
  return chain.run(all);
}
