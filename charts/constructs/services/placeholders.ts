import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { SizedService } from '../../facts/sized-service.ts';
import { priorityClassName } from '../pods/priority.ts';
import { typedResourcesFor } from '../pods/resources.ts';
import { restrictedContainer, restrictedPod } from '../pods/restricted.ts';
import { statedPod } from './stated-pod.ts';

/** The pause image of Kubernetes: it holds a place and does nothing. */
const pauseImage = 'registry.k8s.io/pause:3.10.1';

/**
 * Pods as large as those of a service, which keep room on nodes until these land and give way to all others. The operator
 * asks for them before a sale, so that `replicas` is not stated here.
 */
export class ServicePlaceholders extends Construct {
  constructor(scope: Construct, id: string, { facts, shop }: SizedService) {
    super(scope, id);
    const labels = { 'headstart.dev/placeholder-for': facts.name };
    const resources = typedResourcesFor(facts.resources);
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: `${facts.name}-placeholder`, labels },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...statedPod(facts),
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            priorityClassName: priorityClassName('Placeholder', shop.name),
            securityContext: restrictedPod,
            terminationGracePeriodSeconds: 0,
            containers: [{ name: 'pause', image: pauseImage, resources, securityContext: restrictedContainer }],
          },
        },
      },
    });
  }
}
