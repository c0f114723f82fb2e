import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type CapacityFinding, incapable } from '../../sale-finding.ts';
import type { Readiness } from '../sale-readiness.ts';
import { podFindings } from './pod-findings.ts';

/**
 * Finds from prescaleTime on what a sale lacks, target by target.
 *
 *   target                                       →  reason             before the start   during the sale
 *   fewer warm replicas than its floor              ReplicasMissing    AtRisk             NoGo
 *   enough, but its bounds are not in force         BoundsNotInForce   AtRisk             AtRisk
 *   its added pods fail, so its floor is held       PodsFailing        NoGo               NoGo
 *
 * A target that lacks replicas is followed by what its pods wait for, see `podFindings`.
 */
export function capacityFindings(input: {
  readonly sale: ScheduledSale;
  readonly desiredFloors: readonly DesiredFloor[];
  /** One entry per target that the sale raises. */
  readonly readiness: readonly Readiness[];
  /** Epoch ms. */
  readonly now: number;
}): readonly CapacityFinding[] {
  const { sale, desiredFloors, readiness, now } = input;
  if (!sale.covers) return [];
  const verdict = now < sale.occurrence.start ? 'AtRisk' : 'NoGo';
  const observed = new Map(desiredFloors.map(desired => [desired.name, desired.observed]));
  const short = readiness.filter(({ ready, floor }) => ready < floor);
  const found = [
    ...desiredFloors.filter(({ name }) => sale.needs.has(name)).flatMap(guardFinding),
    ...short.flatMap(lacking => [
      incapable({ reason: 'ReplicasMissing', verdict, message: `${describeLacking(lacking)}.` }),
      ...podFindings(lacking, observed.get(lacking.target)?.pods, verdict),
    ]),
    ...readiness
      .filter(({ ready, floor, inForce }) => ready >= floor && !inForce)
      .map(lacking =>
        incapable({ reason: 'BoundsNotInForce', verdict: 'AtRisk', message: `${describeLacking(lacking)}.` }),
      ),
  ];
  return [...found.filter(one => one.verdict === 'NoGo'), ...found.filter(one => one.verdict === 'AtRisk')];
}

/** Describes in words what a target lacks. */
export function describeLacking({ target, ready, floor, warming }: Readiness): string {
  if (ready >= floor) return `${target} has its ${floor} replicas, but its bounds are not in force`;
  const cold = warming === 0 ? '' : `, and ${warming} warming up`;
  return `${target} has ${ready} of ${floor} replicas ready${cold}`;
}

function guardFinding({ name, guardedBy }: DesiredFloor): readonly CapacityFinding[] {
  if (guardedBy === undefined) return [];
  const { failing, added, why } = guardedBy;
  const message = `${name} is not raised further: ${failing} of ${added} added pods were never ready (${why}).`;
  const mend = 'Mend the image or the start of its containers; the raise goes on once they recover.';
  return [incapable({ reason: 'PodsFailing', verdict: 'NoGo', message, mend })];
}
