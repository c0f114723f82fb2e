/** Kubernetes' default of `maxSurge`. */
const defaultSurge = '25%';

/** How many pods a rollout may add to a workload: a number of pods, or a percentage of its replicas, as `25%`. */
export type MaxSurge = number | string;

/**
 * Returns how many pods a rollout may add: for a Deployment by its update strategy, for every other kind none, because
 * a StatefulSet replaces its pods one by one.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge
 */
export function maxSurgeOf(kind: string, strategy: unknown): MaxSurge | undefined {
  if (kind !== 'Deployment') return undefined;
  if (fieldOf(strategy, 'type') === 'Recreate') return undefined;
  const stated = fieldOf(fieldOf(strategy, 'rollingUpdate'), 'maxSurge');
  return typeof stated === 'number' || typeof stated === 'string' ? stated : defaultSurge;
}

/** Returns the most pods that run while a rollout of so many replicas is under way; a percentage is rounded up. */
export function podsInRollout(replicas: number, maxSurge: MaxSurge = 0): number {
  if (typeof maxSurge === 'number') return replicas + maxSurge;
  const percent = Number.parseInt(maxSurge, 10);
  return replicas + (Number.isNaN(percent) ? 0 : Math.ceil((replicas * percent) / 100));
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
