import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { SizedService } from '../../facts/sized-service.ts';

export interface NodePoolProps {
  /** The most cores of the pool: the sum of all environments' peaks. */
  readonly cpuLimit: number;
  /** @default 'marketplace' */
  readonly nodeClassName?: string;
}

export interface CapacityBufferProps {
  /** Spare capacity, in percent of the service's replicas. @default 50 */
  readonly percentage?: number;
}

/**
 * A pool of on-demand nodes in three sizes. A node is removed after ten minutes without pods, or replaced when its
 * class has changed, a tenth of the nodes at a time. No node expires by age, since Karpenter would not respect
 * disruption budgets for that.
 */
export class MarketplaceNodePool extends Construct {
  constructor(scope: Construct, id: string, { cpuLimit, nodeClassName = 'marketplace' }: NodePoolProps) {
    super(scope, id);
    new ApiObject(this, 'pool', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: 'marketplace' },
      spec: {
        limits: { cpu: String(cpuLimit) },
        disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '10m', budgets: [{ nodes: '10%' }] },
        template: {
          spec: {
            expireAfter: 'Never',
            nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: nodeClassName },
            requirements: [
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
              { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
              { key: 'karpenter.k8s.aws/instance-cpu', operator: 'In', values: ['8', '16', '32'] },
            ],
          },
        },
      },
    });
  }
}

/** Capacity that is kept free for the first replicas of a service, so that a raise does not wait for nodes. */
export class ServiceCapacityBuffer extends Construct {
  constructor(scope: Construct, id: string, { facts: { name } }: SizedService, props: CapacityBufferProps = {}) {
    super(scope, id);
    const { percentage = 50 } = props;
    new ApiObject(this, 'buffer', {
      apiVersion: 'autoscaling.x-k8s.io/v1beta1',
      kind: 'CapacityBuffer',
      metadata: { name },
      spec: { scalableRef: { apiGroup: 'apps', kind: 'Deployment', name }, percentage },
    });
  }
}
