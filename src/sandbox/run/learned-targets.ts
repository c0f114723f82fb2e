import type { ScalingTarget } from '../../api/scaling-target.ts';
import { describeLeadTime } from '../../learn/lead-time/describe-lead-time.ts';
import { leadTimeEvidence } from '../../learn/lead-time/measured-lead-time.ts';
import { describeLearned } from '../../learn/words/describe-learned.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

/** What the past sales taught of one target, in sentences, each with what it is about. */
export interface LearnedTarget {
  readonly target: string;
  readonly learned: ReturnType<typeof describeLearned>;
}

/** Describes what the past sales taught of each target, with what it rests on; empty where nothing was learned. */
export function learnedTargets({ scenario, targets }: SandboxScenario): readonly LearnedTarget[] {
  return targets
    .filter(({ status }) => status?.scaleUps !== undefined)
    .map(target => ({
      target: target.metadata.name,
      learned: describeLearned(target, scenario.sale.announced.start),
    }));
}

/** Describes the lead time of a target that was scaled up, with its name; empty where it never was. */
export function describeScaleUps(target: ScalingTarget): readonly string[] {
  const evidence = leadTimeEvidence(target);
  return evidence.scaleUps.length === 0 ? [] : [`${target.metadata.name}: ${describeLeadTime(evidence)}`];
}
