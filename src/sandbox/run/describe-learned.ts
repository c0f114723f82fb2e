import type { ScalingTarget } from '../../api/scaling-target.ts';
import { describeCapacity } from '../../learn/capacity/describe-capacity.ts';
import { describeLeadTime } from '../../learn/lead-time/describe-lead-time.ts';
import { leadTimeEvidence } from '../../learn/lead-time/measured-lead-time.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

/** What the past sales taught of one target, in a sentence each. */
export interface LearnedTarget {
  readonly target: string;
  readonly leadTime: string;
  readonly capacity: string;
}

/** Describes what the past sales taught of each target, with what it rests on; empty where nothing was learned. */
export function describeLearned({ scenario, targets }: SandboxScenario): readonly LearnedTarget[] {
  const learned = targets.filter(({ status }) => status?.scaleUps !== undefined);
  return learned.map(target => ({
    target: target.metadata.name,
    leadTime: describeLeadTime(leadTimeEvidence(target)),
    capacity: describeCapacity(target, scenario.sale.announced.start),
  }));
}

/** Describes the lead time of a target that was scaled up, with its name; empty where it never was. */
export function describeScaleUps(target: ScalingTarget): readonly string[] {
  const evidence = leadTimeEvidence(target);
  return evidence.scaleUps.length === 0 ? [] : [`${target.metadata.name}: ${describeLeadTime(evidence)}`];
}
