import type { Observation } from '../../../src/observe/observation.ts';
import { type AcceptedNamespace, acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';

/** What is accepted of an observation, decided once for its forecasts and its plan. */
export function acceptedOf(observation: Observation): AcceptedNamespace {
  const before = kept.get(observation);
  if (before !== undefined) return before;
  const accepted = acceptNamespace(observation);
  kept.set(observation, accepted);
  return accepted;
}

const kept = new WeakMap<Observation, AcceptedNamespace>();
