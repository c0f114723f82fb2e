import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { priorities, priorityClassName } from '../pods/priority.ts';

/** One PriorityClass per tier, and one below all for placeholders. */
export class PriorityClasses extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const tier of ['Critical', 'Standard', 'Background', 'Placeholder'] as const) {
      new k8s.KubePriorityClass(this, tier, {
        metadata: { name: priorityClassName(tier) },
        value: priorities[tier],
        // Never evict a neighbour during a sale: capacity is created before it.
        preemptionPolicy: tier === 'Critical' ? 'PreemptLowerPriority' : 'Never',
        description: `${tier} services of the marketplace.`,
      });
    }
  }
}
