import { type CallGraph, callGraph } from '../../api/call-graph.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Occurrence } from './occurrence.ts';
import { describeOnlyRaises } from './only-raises.ts';
import type { Refusal } from './refusal.ts';
import { type PolicyRefusal, refusePolicy } from './refuse-policy.ts';
import { refuseTarget } from './refuse-target.ts';
import { saleOccurrences } from './sale-occurrences.ts';
import type { WaitingSale } from './show-occurrences.ts';

/** What can be served in a namespace, decided once per reconcile. */
export interface AcceptedNamespace {
  readonly graph: CallGraph;
  /** Occurrences of all sales, past ones too, by start, then by name. */
  readonly occurrences: readonly Occurrence[];
  /** Recurring sales whose status describes a date that is not planned yet, by name. */
  readonly waiting: readonly WaitingSale[];
  /** Why each refused FlashSale is refused, by name. */
  readonly refusedSales: ReadonlyMap<string, Refusal>;
  /** Why each refused target cannot be raised, by name. */
  readonly refusedTargets: ReadonlyMap<string, Refusal>;
  /** Why the namespace's policy is not accepted; absent when it is accepted. */
  readonly refusedPolicy?: PolicyRefusal;
  /** The same refusal, present only where it forbids raises, lowering or both in the whole namespace. */
  readonly heldBy?: PolicyRefusal;
  /** Why bounds are only raised, in a sentence; absent while every cache is fresh. */
  readonly onlyRaises?: string;
}

/** Decides which objects can be served, and why the others cannot. */
export function acceptNamespace(observation: Observation): AcceptedNamespace {
  const graph = callGraph(observation.targets.map(({ target }) => target));
  const { occurrences, waiting, refused } = saleOccurrences(observation, graph);
  const refusedPolicy = refusePolicy(observation);
  const onlyRaises = describeOnlyRaises(observation);
  return {
    graph,
    occurrences,
    waiting,
    refusedSales: refused,
    refusedTargets: refusedTargets(observation, graph),
    ...(refusedPolicy === undefined ? {} : { refusedPolicy }),
    ...(refusedPolicy === undefined || refusedPolicy.paused === 'None' ? {} : { heldBy: refusedPolicy }),
    ...(onlyRaises === undefined ? {} : { onlyRaises }),
  };
}

function refusedTargets({ targets }: Observation, graph: CallGraph): ReadonlyMap<string, Refusal> {
  return new Map(
    targets.flatMap((observed): [string, Refusal][] => {
      const refusal = refuseTarget(observed, graph);
      return refusal === undefined ? [] : [[observed.target.metadata.name, refusal]];
    }),
  );
}
