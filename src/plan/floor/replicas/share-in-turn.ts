import type { NamespaceReplicas, ReplicaTarget, TargetReplicas } from './replica-rule.ts';

/** Replicas of a target by its name. */
type ReplicasOf = (name: string) => number;

/**
 * Shares what targets want so that an emergency takes nothing from a sale: first what is needed without it, then what
 * an emergency has raised already, then what it adds. Each turn keeps what the one before gave. Without an emergency
 * there is one turn.
 *
 *   total 100, emergency Ceiling        stands   sale needs   ceiling  →  replicas
 *   gateway, Standard                   24       29           96          29
 *   orders, Critical                    4        4            96          71
 */
export function shareInTurn(
  numbers: NamespaceReplicas,
  targets: ReadonlyMap<string, ReplicaTarget>,
  share: (claims: { readonly kept: ReplicasOf; readonly wanted: ReplicasOf }) => ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const kept: ReplicasOf = name => targets.get(name)?.kept ?? 0;
  const wanted: ReplicasOf = name => numbers.get(name)?.replicas ?? 0;
  if (!numbers.values().some(isEmergency)) return share({ kept, wanted });
  const turns: readonly ReplicasOf[] = [
    name => neededWithout(numbers.get(name)),
    name => {
      const standing = targets.get(name)?.standing ?? 0;
      return isEmergency(numbers.get(name)) ? Math.min(wanted(name), standing) : wanted(name);
    },
    wanted,
  ];
  return turns.reduce<ReadonlyMap<string, number>>(
    (given, turn) => share({ kept: name => given.get(name) ?? kept(name), wanted: turn }),
    new Map(),
  );
}

function isEmergency(numbers: TargetReplicas | undefined): boolean {
  return numbers?.decisive?.reason === 'Emergency';
}

/** Replicas that a target needs whether or not there is an emergency, within those that it may have. */
function neededWithout(numbers: TargetReplicas | undefined): number {
  if (numbers === undefined || !isEmergency(numbers)) return numbers?.replicas ?? 0;
  const others = numbers.needs.filter(({ reason }) => reason !== 'Emergency').map(({ replicas }) => replicas);
  return Math.min(numbers.replicas, Math.max(0, ...others));
}
