import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { priorities, priorityClassName } from '../pods/priority.ts';

/** One PriorityClass per tier, one above all for stores, and one below all for placeholders. */
export class PriorityClasses extends Construct {
  constructor(scope: Construct, id: string, { shop }: { readonly shop: string }) {
    super(scope, id);
    for (const tier of ['Data', 'Critical', 'Standard', 'Background', 'Placeholder'] as const) {
      new k8s.KubePriorityClass(this, tier, {
        metadata: { name: priorityClassName(tier, shop) },
        value: priorities[tier],
        // Never evict a neighbour during a sale: capacity is created before it.
        preemptionPolicy: tier === 'Critical' || tier === 'Data' ? 'PreemptLowerPriority' : 'Never',
        description: tier === 'Data' ? `Stores of ${shop}.` : `${tier} services of ${shop}.`,
      });
    }
  }
}
