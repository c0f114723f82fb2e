import type { PlaceholderObservation } from '../../../../src/observe/capacity/placeholder-observation.ts';
import { type GivenPods, podsOf } from '../given-pods.ts';

/** Deployment of placeholder pods as cases write it; what is not said is as `headstart placeholders` makes it. */
export interface GivenPlaceholder extends Partial<Omit<PlaceholderObservation, 'pods'>> {
  readonly target: string;
  readonly pods?: GivenPods;
}

/** The placeholders at `now`, epoch ms. */
export function placeholderOf({ pods, ...given }: GivenPlaceholder, now: number): PlaceholderObservation {
  const { target, replicas = 0 } = given;
  const name = given.name ?? `${target}-placeholder`;
  return {
    name,
    uid: `uid-${name}`,
    replicas,
    readyReplicas: replicas,
    priorityClassName: 'headstart-placeholder',
    ...given,
    ...(pods === undefined ? {} : { pods: podsOf(pods, now) }),
  };
}
