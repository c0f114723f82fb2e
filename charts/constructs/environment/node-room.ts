import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { SizedService } from '../../facts/sized-service.ts';

export interface NodePoolProps {
  /** Cores that the pool may grow to; what all environments need at their peaks. */
  readonly cpuLimit: number;
  /** @default 'marketplace' */
  readonly nodeClassName?: string;
}

export interface CapacityBufferProps {
  /** Of the replicas that the service has. @default 50 */
  readonly percentage?: number;
}

/**
 * Nodes for the marketplace: on demand, any of three sizes. A node goes when it has been empty for ten minutes, or when its
 * class has changed, a tenth of them at a time; none goes for its age, which Karpenter would not ask a disruption budget about.
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

/** Room held free for the first replicas of a service, so that a raise meets nodes and not a wait for them. */
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
