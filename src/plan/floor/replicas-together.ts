import { wholeNeeds } from './replica-needs.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { NamespaceReplicas, ReplicaNeed } from './replicas/replica-rule.ts';
import type { SaleNeed } from './sale-need.ts';

/** The needs of the whole of a sale, by target name. */
export function needsOfWhole(needs: ReadonlyMap<string, SaleNeed>): ReadonlyMap<string, readonly ReplicaNeed[]> {
  return new Map([...needs].map(([name, need]) => [name, wholeNeeds(need)]));
}

/** Replicas for the whole of some sales, within caps; the namespace's total is shared out only when they are due. */
export function replicasTogether(
  sales: readonly ReadonlyMap<string, readonly ReplicaNeed[]>[],
  chain: ReplicaChain,
): NamespaceReplicas {
  const all = Map.groupBy(
    sales.flatMap(needs => [...needs]),
    ([name]) => name,
  );
  return chain.run(
    new Map([...all].map(([name, entries]) => [name, { needs: entries.flatMap(([, needs]) => needs) }])),
  );
}
