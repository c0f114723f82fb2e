import { normalProbability } from '../normal-probability.ts';

/** Whether a scale-up of so many replicas needed new nodes. */
export interface NodeEvidence {
  readonly added: number;
  readonly neededNodes: boolean;
}

/** Ratio from one typical room that is tried to the next. */
const finest = 1.4;
/** Rooms that are tried: their typical size, ln of a half to 8,192 replicas, and the spread of its ln. */
const rooms = Array.from({ length: 29 }, (_, index) => Math.log(0.5) + index * Math.log(finest)).flatMap(typical =>
  [0.4, 1, 8].map(spread => ({ typical, spread })),
);
/** Probability, before anything was seen, that the cluster has room for any raise. */
const plentyShare = 0.5;

/**
 * Probability that a scale-up of `added` replicas needs nodes, 0 to 1: never smaller for more replicas. Either the cluster
 * has room for any raise, or for a number of replicas that differs from time to time: lognormal, and each typical room is
 * as likely as any other until scale-ups speak for one.
 */
export function nodeProbability(evidence: readonly NodeEvidence[], added: number): number {
  let total = evidence.some(({ neededNodes }) => neededNodes) ? 0 : (plentyShare / (1 - plentyShare)) * rooms.length;
  let needed = 0;
  for (const { typical, spread } of rooms) {
    const needs = (replicas: number) => normalProbability((Math.log(Math.max(1, replicas)) - typical) / spread);
    const likelihood = evidence.reduce((product, one) => {
      const probability = needs(one.added);
      return product * Math.max(1e-6, one.neededNodes ? probability : 1 - probability);
    }, 1);
    total += likelihood;
    needed += likelihood * needs(added);
  }
  return needed / total;
}
