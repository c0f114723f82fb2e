import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gibibytesPerCore, nodeCores, type nodePoolLimits } from '../../facts/clusters/node-pool.ts';
import { bufferPercent } from '../../facts/clusters/node-room.ts';
import { cronOf, type FreezeWindow } from '../../facts/freeze-window.ts';
import type { SizedService } from '../../facts/sized-service.ts';

export interface NodePoolProps {
  /** The name of the shop, which is the pool's. */
  readonly shop: string;
  readonly limits: ReturnType<typeof nodePoolLimits>;
  /** Times in which no node is replaced or removed. @default none */
  readonly freezes?: readonly FreezeWindow[];
  /** @default the name of the shop */
  readonly nodeClassName?: string;
}

/**
 * A pool of on-demand nodes in three sizes, of recent generations. A node is removed after ten minutes without pods, or replaced when its
 * class has changed, a tenth of the nodes at a time, and none around a sale. No node expires by age, since Karpenter would not respect
 * disruption budgets for that.
 */
export class ShopNodePool extends Construct {
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { shop, limits, freezes = [], nodeClassName = shop } = props;
    new ApiObject(this, 'pool', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: shop },
      spec: {
        limits: { cpu: String(limits.cpu), memory: `${limits.memoryGibibytes}Gi` },
        disruption: {
          consolidationPolicy: 'WhenEmpty',
          consolidateAfter: '10m',
          budgets: [{ nodes: '10%' }, ...freezes.slice(0, mostFreezes).map(freezeBudget)],
        },
        template: {
          spec: {
            expireAfter: 'Never',
            nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: nodeClassName },
            requirements: [
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
              { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
              { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: Object.keys(gibibytesPerCore) },
              { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['5'] },
              { key: 'karpenter.k8s.aws/instance-cpu', operator: 'In', values: nodeCores.map(String) },
            ],
          },
        },
      },
    });
  }
}

/** The most windows that a NodePool takes beside its ordinary budget. */
const mostFreezes = 49;

function freezeBudget(freeze: FreezeWindow) {
  return { nodes: '0', ...cronOf(freeze) };
}

/** Capacity that is kept free all the time for the first replicas of a service, so that a raise does not wait for nodes. */
export class ServiceCapacityBuffer extends Construct {
  constructor(scope: Construct, id: string, { facts: { name } }: SizedService) {
    super(scope, id);
    new ApiObject(this, 'buffer', {
      apiVersion: 'autoscaling.x-k8s.io/v1beta1',
      kind: 'CapacityBuffer',
      metadata: { name },
      spec: { scalableRef: { apiGroup: 'apps', kind: 'Deployment', name }, percentage: bufferPercent },
    });
  }
}

/**
 * Capacity for what a sale adds to a service. The operator asks for it before the sale by `replicas`, which is not stated
 * here, nor is a percentage, which autoscalers read differently beside it.
 */
export class ServiceSaleBuffer extends Construct {
  constructor(scope: Construct, id: string, { facts: { name } }: SizedService) {
    super(scope, id);
    new ApiObject(this, 'buffer', {
      apiVersion: 'autoscaling.x-k8s.io/v1beta1',
      kind: 'CapacityBuffer',
      metadata: { name: `${name}-sale`, labels: { 'headstart.dev/placeholder-for': name } },
      spec: { scalableRef: { apiGroup: 'apps', kind: 'Deployment', name } },
    });
  }
}
