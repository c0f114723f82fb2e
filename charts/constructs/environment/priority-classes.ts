import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { priorities, priorityClassName } from '../pods/priority.ts';

/** One PriorityClass a tier, and one below all for room that is held and given up. */
export class PriorityClasses extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const tier of ['Critical', 'Standard', 'Background', 'Placeholder'] as const) {
      new k8s.KubePriorityClass(this, tier, {
        metadata: { name: priorityClassName(tier) },
        value: priorities[tier],
        // capacity is made ahead of a sale, not taken from a neighbour in the middle of one
        preemptionPolicy: tier === 'Critical' ? 'PreemptLowerPriority' : 'Never',
        description: `${tier} services of the marketplace.`,
      });
    }
  }
}
