import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../../manifests/our-objects.ts';
import type { Remark, Rule } from '../finding.ts';
import { selects } from '../known-objects.ts';
import { type PodTemplate, podTemplatesOf } from '../pods/pod-templates-of.ts';
import { type NetworkPolicy, networkPoliciesOf, type PolicyEndpoint, permits } from './network-policies.ts';
import { servicesOf } from './services.ts';

/**
 * Checks that the network policies of a namespace let through every call that its ScalingTargets state, out of the
 * caller's pods and into those of the service it calls.
 */
export const checkNetworkPolicies: Rule = {
  code: 'blocked-call',
  check: objects =>
    [...Map.groupBy(objects, ({ namespace }) => namespace).values()].flatMap(each => checkNamespace(each, objects)),
};

function checkNamespace(around: readonly ManifestObject[], objects: readonly ManifestObject[]): readonly Remark[] {
  const policies = networkPoliciesOf(around);
  if (policies.length === 0) return [];
  const targets = scalingTargetsOf(around);
  const pods = podTemplatesOf(around);
  const podsOfTarget = (name: string) => {
    const ref = targets.find(({ object }) => object.name === name)?.target.spec.workloadRef;
    return pods.find(({ object }) => object.kind === ref?.kind && object.name === ref.name);
  };
  return targets.flatMap(({ object, target }) => {
    const caller = podsOfTarget(object.name);
    return target.spec.calls.flatMap((call, index) => {
      const callee = podsOfTarget(call.target);
      if (caller === undefined || callee === undefined) return [];
      return blocked(caller, callee, { policies, around, objects }).map(message => ({
        object,
        field: ['spec', 'calls', index, 'target'],
        message: `calls ${call.target}, but ${message}`,
      }));
    });
  });
}

interface Surrounding {
  readonly policies: readonly NetworkPolicy[];
  readonly around: readonly ManifestObject[];
  readonly objects: readonly ManifestObject[];
}

function blocked(
  caller: PodTemplate,
  callee: PodTemplate,
  { policies, around, objects }: Surrounding,
): readonly string[] {
  const labels = namespaceLabels(caller.object.namespace, objects);
  const from: PolicyEndpoint = { labels: caller.labels, namespaceLabels: labels };
  const to: PolicyEndpoint = { labels: callee.labels, namespaceLabels: labels };
  const ports = servedPorts(callee, around);
  const sentence = (names: readonly string[], what: string) =>
    `${names.length === 1 ? 'NetworkPolicy' : 'NetworkPolicies'} ${names.join(' and ')} ${what}`;
  const open = ports.filter(port =>
    [
      permits(policies, { direction: 'egress', own: from, peer: to, port }),
      permits(policies, { direction: 'ingress', own: to, peer: from, port }),
    ].every(({ isOpen }) => isOpen),
  );
  if (open.length > 0) return [];
  return ports.slice(0, 1).flatMap(port => {
    const out = permits(policies, { direction: 'egress', own: from, peer: to, port });
    const into = permits(policies, { direction: 'ingress', own: to, peer: from, port });
    const at = `port ${port.number}`;
    return [
      ...(out.isOpen
        ? []
        : [
            sentence(
              out.by,
              `let${out.by.length === 1 ? 's' : ''} ${caller.object.name} out to none of its pods at ${at}`,
            ),
          ]),
      ...(into.isOpen
        ? []
        : [
            sentence(
              into.by,
              `let${into.by.length === 1 ? 's' : ''} ${caller.object.name} in at none of its ports such as ${at}`,
            ),
          ]),
    ];
  });
}

/** The ports of pods that their Services lead to; all that they declare where no Service does. */
function servedPorts({ labels, spec }: PodTemplate, around: readonly ManifestObject[]) {
  const declared = spec.containers.flatMap(({ ports }) =>
    ports.map(({ name, containerPort, protocol }) => ({
      name: name ?? undefined,
      number: containerPort,
      protocol: protocol ?? 'TCP',
    })),
  );
  const targets = servicesOf(around)
    .filter(({ spec: service }) => selects(service.selector, labels))
    .flatMap(({ spec: service }) => service.ports.map(({ port, targetPort }) => targetPort ?? port));
  const served = declared.filter(({ name, number }) => targets.includes(number) || targets.includes(name ?? ''));
  return served.length > 0 ? served : declared;
}

function namespaceLabels(namespace: string, objects: readonly ManifestObject[]): Readonly<Record<string, string>> {
  const own = objects.find(({ kind, name }) => kind === 'Namespace' && name === namespace);
  const metadata = own?.value.metadata;
  const labels = typeof metadata === 'object' && metadata !== null && 'labels' in metadata ? metadata.labels : {};
  return { ...(labels as Readonly<Record<string, string>> | null), 'kubernetes.io/metadata.name': namespace };
}
