import { z } from 'zod';
import { type LabelSelector, labelSelectorSchema, matches, selectorSlip } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { Remark, Rule } from '../finding.ts';
import { type PodTemplate, podTemplatesOf } from '../pods/pod-templates-of.ts';
import { declaredIn } from './declared.ts';
import { type NetworkPolicy, networkPoliciesOf } from './network-policies.ts';

/** Checks that the pods and ports which NetworkPolicies name are there, and that pods they restrict can look up names. */
export const checkPolicyTargets: Rule = {
  code: 'network-policy',
  check: objects => {
    const around = Map.groupBy(podTemplatesOf(objects), ({ object }) => object.namespace);
    const declared = declaredIn(objects);
    const policies = Map.groupBy(objects.filter(isPolicy), ({ namespace }) => namespace);
    return [...policies].flatMap(([namespace, each]) => {
      const pods = around.get(namespace) ?? [];
      return [
        ...each.flatMap(object => [...targets(object, pods, declared.hasMakers(namespace)), ...ports(object, pods)]),
        ...nameless(each, pods),
      ];
    });
  },
};

function isPolicy({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1';
}

const peerSchema = z.looseObject({ podSelector: labelSelectorSchema, namespaceSelector: z.null().optional() });

/**
 * Selectors of pods of the own namespace that match none: an error where another label is nearly the same. Peers, and
 * pods beside objects of other projects, may be made by controllers.
 */
function targets(object: ManifestObject, pods: readonly PodTemplate[], isElsewhere: boolean): readonly Remark[] {
  const peers = valuesAt(object.value, 'spec.ingress|egress[].from|to[]').flatMap(({ field, value }) => {
    const selector = peerSchema.safeParse(value).data?.podSelector;
    return selector === undefined ? [] : [{ field: [...field, 'podSelector'], selector, isPeer: true }];
  });
  const own = valuesAt(object.value, 'spec.podSelector').flatMap(({ field, value }) => {
    const selector = labelSelectorSchema.safeParse(value).data;
    return selector === undefined ? [] : [{ field, selector, isPeer: false }];
  });
  return [...own, ...peers].flatMap(({ field, selector, isPeer }): readonly Remark[] => {
    if (pods.length === 0 || podsOf(selector, pods).length > 0) return [];
    const slip = selectorSlip(
      selector.matchLabels,
      pods.map(({ labels }) => labels),
    );
    if (slip !== undefined) return [{ object, field, message: `selects no pod: ${slip}` }];
    return isPeer || isElsewhere
      ? []
      : [{ object, field, severity: 'warning', message: 'selects no pod of this folder' }];
  });
}

const portSchema = z.looseObject({ port: z.union([z.string(), z.number()]), endPort: z.number().nullish() });

/** Ports that none of the pods has: of the selected ones for what comes in, of the peers for what goes out. */
function ports(object: ManifestObject, pods: readonly PodTemplate[]): readonly Remark[] {
  const [policy] = networkPoliciesOf([object]);
  if (policy === undefined) return [];
  const into = valuesAt(object.value, 'spec.ingress[]').map(rule => ({
    ...rule,
    called: podsOf(policy.selector, pods),
  }));
  const out = valuesAt(object.value, 'spec.egress[]').map(rule => {
    const peers = valuesAt(rule.value, 'to[]').map(({ value }) => peerSchema.safeParse(value).data?.podSelector);
    const areKnown = peers.length > 0 && peers.every(peer => peer !== undefined);
    return { ...rule, called: areKnown ? peers.flatMap(peer => podsOf(peer, pods)) : [] };
  });
  return [...into, ...out].flatMap(({ field, value, called }) => {
    const containers = called.flatMap(({ spec }) => [...spec.containers, ...spec.initContainers]);
    const declared = containers.flatMap(container => container.ports);
    const isWhole =
      called.length > 0 && called.every(({ spec }) => spec.containers.every(each => each.ports.length > 0));
    const stated = valuesAt(value, 'ports[]');
    return stated.flatMap(({ field: inner, value: each }): readonly Remark[] => {
      const { port, endPort } = portSchema.safeParse(each).data ?? {};
      if (port === undefined || called.length === 0) return [];
      const isThere =
        typeof port === 'string'
          ? declared.some(({ name }) => name === port)
          : !isWhole ||
            declared.some(({ containerPort }) => containerPort >= port && containerPort <= (endPort ?? port));
      if (isThere) return [];
      const known = [
        ...new Set(
          declared.map(({ name, containerPort }) =>
            typeof port === 'string' ? (name ?? containerPort) : containerPort,
          ),
        ),
      ];
      const severity = typeof port === 'string' || stated.length === 1 ? 'error' : 'warning';
      const message = `opens port ${port}, which the pods do not have; they have ${known.join(', ') || 'none'}`;
      return [{ object, field: [...field, ...inner, 'port'], severity, message }];
    });
  });
}

/** Pods that may call others by selectors, so by the names of Services, and ask no DNS server for their addresses. */
function nameless(objects: readonly ManifestObject[], pods: readonly PodTemplate[]): readonly Remark[] {
  const policies = objects.flatMap(object => networkPoliciesOf([object]).map(policy => ({ object, policy })));
  const told = pods.flatMap(({ labels }) => {
    const restricting = policies.filter(
      ({ policy }) => policy.rules.egress !== undefined && matches(policy.selector, labels),
    );
    const first = restricting.find(({ policy }) => callsPods(policy));
    return first === undefined || restricting.some(({ policy }) => opensDns(policy)) ? [] : [first.object];
  });
  return [...new Set(told)].map(object => ({
    object,
    field: ['spec', 'egress'],
    message: 'lets its pods call others, but no policy lets them ask for addresses: open UDP port 53 to kube-system',
  }));
}

function callsPods({ rules }: NetworkPolicy): boolean {
  return (rules.egress ?? []).some(({ peers }) => (peers ?? []).some(({ podSelector }) => podSelector != null));
}

function opensDns({ rules }: NetworkPolicy): boolean {
  return (rules.egress ?? []).some(
    rule =>
      (rule.ports ?? []).length === 0 ||
      rule.ports?.some(
        ({ port, endPort }) =>
          port == null || port === 'dns' || (typeof port === 'number' && port <= 53 && 53 <= (endPort ?? port)),
      ) === true ||
      // The pods that answer names listen on another port than their Service.
      rule.ports?.some(({ port }) => port === 5353 || port === 1053 || port === 'dns-tcp' || port === 8053) === true,
  );
}

function podsOf(selector: LabelSelector, pods: readonly PodTemplate[]): readonly PodTemplate[] {
  return pods.filter(({ labels }) => matches(selector, labels));
}
