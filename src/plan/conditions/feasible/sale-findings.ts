import type { Observation } from '../../../observe/observation.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import type { RoomPlan } from '../../room/room-plan.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { emergencyFindings } from '../emergency.ts';
import { lookAlikeRisk, lookAlikes } from '../look-alikes.ts';
import { plausibilityRisks } from '../risks/plausibility-risks.ts';
import { similarRisk } from '../risks/similar-risk.ts';
import { demandFindings } from './demand-findings.ts';
import { lateFindings } from './late-findings.ts';
import { limitFindings } from './limit-findings.ts';
import { limitRangeFindings } from './limit-range-findings.ts';
import { quotaFindings } from './quota-findings.ts';
import { rightFindings } from './right-findings.ts';
import { roomFindings } from './room-findings.ts';
import { sharedLimitFindings } from './shared-limit-findings.ts';
import { takenAheadFindings } from './taken-ahead-findings.ts';
import { takenFindings } from './taken-findings.ts';
import { targetFindings } from './target-findings.ts';

/** Finds all that may leave a sale short as soon as it is known, the worst first. */
export function saleFindings(input: {
  readonly sale: ScheduledSale;
  /** The sales that count in the demand of others, as `countedSales` gives them. */
  readonly counted: readonly Occurrence[];
  readonly desiredFloors: readonly DesiredFloor[];
  /** The namespace's total. */
  readonly total: NamespaceTotal;
  readonly chain: ReplicaChain;
  /** All sales that are not over. */
  readonly sales: readonly ScheduledSale[];
  readonly observation: Pick<Observation, 'now' | 'limits' | 'quotas' | 'limitRanges' | 'rights' | 'namespace'>;
  /** Room on nodes, by target. */
  readonly rooms: readonly RoomPlan[];
  /** That an approval is missing. */
  readonly approval: readonly FeasibleFinding[];
}): readonly FeasibleFinding[] {
  const { sale, sales, counted, desiredFloors, total, chain, observation, approval } = input;
  const { limits } = observation;
  const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
  const found = [
    ...emergencyFindings(sale, reached),
    ...lateFindings(sale),
    ...approval,
    ...targetFindings(sale, reached),
    ...rightFindings(sale, reached, observation),
    ...limitRangeFindings(sale, reached, observation.limitRanges),
    ...limitFindings(sale, { reached, total }),
    ...sharedLimitFindings(sale, chain),
    ...takenFindings(sale, { reached, total }),
    ...takenAheadFindings(sale, { sales, counted, total, chain, now: observation.now }),
    ...quotaFindings(sale, reached, observation),
    ...roomFindings(sale, { reached, rooms: input.rooms, now: observation.now }),
    ...demandFindings(sale, { reached, limits }),
    ...[
      ...sameSaleRisk(sale, counted),
      ...similarRisk(sale.occurrence),
      ...plausibilityRisks(sale, reached, observation.now),
    ].map(message => infeasible({ reason: 'Doubtful', verdict: 'AtRisk', message })),
  ];
  return [...found.filter(({ verdict }) => verdict === 'NoGo'), ...found.filter(({ verdict }) => verdict === 'AtRisk')];
}

/** Reports sales that look the same. A ForecastOnly sale is not counted in the demand of any other sale. */
function sameSaleRisk({ occurrence }: ScheduledSale, counted: readonly Occurrence[]): readonly string[] {
  const { audienceGroup } = occurrence.spec;
  const others = counted.filter(({ spec }) => audienceGroup === undefined || spec.audienceGroup !== audienceGroup);
  return lookAlikeRisk(lookAlikes(occurrence, others), 'their demand is added up');
}
