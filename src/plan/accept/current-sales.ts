import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { leadOfNodes, leadOfRaise } from '../lead-of-raise.ts';
import { rampMs } from '../ramp-up.ts';
import { waveSeconds } from '../wave-seconds.ts';
import type { AcceptedNamespace } from './accept-namespace.ts';
import { isDueOrAhead, type Occurrence } from './occurrence.ts';

/** Milliseconds before its earliest prescale time from which a sale is planned at every reconcile. */
const readyMs = 3_600_000;

/**
 * Milliseconds before its start from which a sale is current: an hour, `readyBeforeSeconds`, the longest ramp and lead time of the
 * namespace, and the longest wave that its caps allow, with all that is raised elsewhere; where room is asked for, its time too. So
 * neither its prescale time nor the opening of its room comes while it is not.
 */
export function currentHorizonMs({
  targets,
  limits,
  policy,
  elsewhere = [],
}: Pick<Observation, 'targets' | 'limits' | 'policy' | 'elsewhere'>): number {
  const longestLead = Math.max(0, ...targets.map(longestLeadOf));
  const longestWave = waveSeconds({
    raises: elsewhere.reduce((sum, { raises }) => sum + raises, Math.max(1, targets.length)),
    pods: elsewhere.reduce((sum, { pods }) => sum + pods, limits.replicasPerNamespace),
    writesPerSecond: limits.writesPerSecond,
  });
  const longestRampMs = Math.max(0, ...targets.map(({ target }) => rampMs(target.spec)));
  const roomSeconds =
    policy.nodeRoom === 'None' ? 0 : policy.readyBeforeSeconds + Math.max(0, ...targets.map(longestNodesOf));
  return readyMs + longestRampMs + (policy.readyBeforeSeconds + longestLead + longestWave + roomSeconds) * 1000;
}

/** Seconds of the largest raise that a target allows where it needs nodes, by which its room is opened earlier. */
function longestNodesOf(observed: TargetObservation): number {
  const { ceiling, baseline } = observed.target.spec;
  return Math.max(leadOfNodes(observed, 1), leadOfNodes(observed, Math.max(1, ceiling - baseline.minReplicas)));
}

/** Seconds of the largest raise that a target allows, or of the largest seen, whichever takes longer. */
export function longestLeadOf(observed: TargetObservation): number {
  const { ceiling, baseline } = observed.target.spec;
  return Math.max(observed.leadTime.seconds, leadOfRaise(observed, ceiling - baseline.minReplicas));
}

/**
 * Whether a sale that is not over is current: it runs, or begins within the horizon (`currentHorizonMs`). A current
 * sale is planned at every reconcile, from the newest actuals; one further ahead only when its inputs change.
 */
export function isCurrent(occurrence: Occurrence, now: number, horizonMs: number): boolean {
  return isDueOrAhead(occurrence, now) && occurrence.start - horizonMs <= now;
}

/** Names of the SalePlans of the sales that are planned at every reconcile: the current ones, and those to be reviewed. */
export function currentSales(
  { occurrences }: Pick<AcceptedNamespace, 'occurrences'>,
  observation: Observation,
): ReadonlySet<string> {
  const { now } = observation;
  const horizonMs = currentHorizonMs(observation);
  const isUnreviewed = ({ record, start, end }: Occurrence) =>
    record !== undefined && record.status?.review === undefined && start < end;
  const planned = occurrences.filter(occurrence =>
    isDueOrAhead(occurrence, now) ? isCurrent(occurrence, now, horizonMs) : isUnreviewed(occurrence),
  );
  return new Set(planned.map(({ salePlan }) => salePlan));
}

/** The time (epoch ms) at which the next sale becomes current; infinite when none is ahead. */
export function nextCurrent({ occurrences }: Pick<AcceptedNamespace, 'occurrences'>, observation: Observation): number {
  const { now } = observation;
  const horizonMs = currentHorizonMs(observation);
  const turns = occurrences
    .filter(occurrence => isDueOrAhead(occurrence, now))
    .map(({ start }) => start - horizonMs)
    .filter(turn => turn > now);
  return turns.reduce((first, turn) => Math.min(first, turn), Number.POSITIVE_INFINITY);
}
