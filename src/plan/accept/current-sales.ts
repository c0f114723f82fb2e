import type { Observation } from '../../observe/observation.ts';
import { waveSeconds } from '../wave-seconds.ts';
import { isDueOrAhead, type Occurrence } from './occurrence.ts';

/** Milliseconds before its earliest prescale time from which a sale is planned at every reconcile. */
const readyMs = 3_600_000;

/**
 * Milliseconds before its start from which a sale is current: an hour, `readyBeforeSeconds`, the longest lead time of the
 * namespace, and the longest wave that its caps allow. So its prescale time never comes while it is not.
 */
export function currentHorizonMs({
  targets,
  limits,
  policy,
}: Pick<Observation, 'targets' | 'limits' | 'policy'>): number {
  const longestLead = Math.max(0, ...targets.map(({ leadTime }) => leadTime.seconds));
  const longestWave = waveSeconds({
    raises: Math.max(1, targets.length),
    pods: limits.replicasPerNamespace,
    writesPerSecond: limits.writesPerSecond,
  });
  return readyMs + (policy.readyBeforeSeconds + longestLead + longestWave) * 1000;
}

/**
 * Whether a sale that is not over is current: it runs, or begins within the horizon (`currentHorizonMs`). A current
 * sale is planned at every reconcile, from the newest actuals; one further ahead only when its inputs change.
 */
export function isCurrent(occurrence: Occurrence, now: number, horizonMs: number): boolean {
  return isDueOrAhead(occurrence, now) && occurrence.start - horizonMs <= now;
}
