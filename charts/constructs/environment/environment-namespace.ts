import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { peakDemand } from '../../facts/clusters/peak-demand.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { Facts } from '../../facts/facts-schema.ts';

import { shopNameOf } from '../../facts/shop-name.ts';
import { kept } from '../stores/kept.ts';

const quantity = k8s.Quantity.fromString;

export interface EnvironmentNamespaceProps {
  readonly environment: EnvironmentFacts;
  readonly facts: Facts;
}

/**
 * An environment's namespace and its isolation: restricted pods only, a quota with room for the pre-scaled peak, and
 * only allowed traffic.
 */
export class EnvironmentNamespace extends Construct {
  constructor(scope: Construct, id: string, { environment, facts }: EnvironmentNamespaceProps) {
    super(scope, id);
    const quota = environment.quota ?? peakDemand(environment, facts);

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: environment.namespace,
        // With a namespace go its stores' volumes; that of a preview is meant to go with it.
        ...(environment.stage === 'preview' ? {} : { annotations: kept }),
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
          [`${shopNameOf(facts).labelDomain}/stage`]: environment.stage,
        },
      },
    });
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'peak' },
      spec: {
        hard: {
          'requests.cpu': quantity(`${quota.cpuMillicores}m`),
          'requests.memory': quantity(`${quota.memoryMebibytes}Mi`),
          pods: quantity(String(quota.pods)),
        },
      },
    });
    new k8s.KubeLimitRange(this, 'limits', {
      metadata: { name: 'defaults' },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: { cpu: quantity('100m'), memory: quantity('128Mi') },
            default: { memory: quantity('256Mi') },
          },
        ],
      },
    });
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}
