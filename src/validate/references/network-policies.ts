import { z } from 'zod';
import { type LabelSelector, type Labels, labelSelectorSchema, matches } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';

const peerSchema = z.looseObject({
  podSelector: labelSelectorSchema.nullish(),
  namespaceSelector: labelSelectorSchema.nullish(),
  ipBlock: z.unknown().optional(),
});
const portSchema = z.looseObject({
  port: z.union([z.string(), z.number()]).nullish(),
  endPort: z.number().nullish(),
  protocol: z.string().nullish(),
});
const ports = z.array(portSchema).nullish();
const policySchema = z.looseObject({
  spec: z.looseObject({
    podSelector: labelSelectorSchema.nullish(),
    policyTypes: z.array(z.string()).nullish(),
    ingress: z.array(z.looseObject({ from: z.array(peerSchema).nullish(), ports }).nullable()).nullish(),
    egress: z.array(z.looseObject({ to: z.array(peerSchema).nullish(), ports }).nullable()).nullish(),
  }),
});

/** A NetworkPolicy with its rules of both directions in one form. */
export interface NetworkPolicy {
  readonly name: string;
  readonly selector: LabelSelector;
  /** Its rules by direction; undefined for a direction that it does not restrict. */
  readonly rules: Readonly<Record<Direction, readonly Allowed[] | undefined>>;
}

interface Allowed {
  /** Undefined or empty: everyone. */
  readonly peers: readonly z.output<typeof peerSchema>[] | null | undefined;
  /** Undefined or empty: every port. */
  readonly ports: z.output<typeof ports>;
}

/** The two directions of a policy. */
export type Direction = 'ingress' | 'egress';

/** Pods at one end of a connection. */
export interface PolicyEndpoint {
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
}

/** A connection as one end sees it; `port` is the port of the pods that are called. */
export interface PolicyConnection {
  readonly direction: Direction;
  readonly own: PolicyEndpoint;
  readonly peer: PolicyEndpoint;
  readonly port: { readonly name: string | undefined; readonly number: number; readonly protocol: string };
}

/** Returns the NetworkPolicies that can be read. */
export function networkPoliciesOf(objects: readonly ManifestObject[]): readonly NetworkPolicy[] {
  return objects.flatMap(({ apiVersion, kind, name, value }) => {
    if (kind !== 'NetworkPolicy' || apiVersion !== 'networking.k8s.io/v1') return [];
    const spec = policySchema.safeParse(value).data?.spec;
    if (spec === undefined) return [];
    const types = spec.policyTypes ?? ['Ingress', ...(spec.egress == null ? [] : ['Egress'])];
    const ingress = (spec.ingress ?? []).map(rule => ({ peers: rule?.from, ports: rule?.ports }));
    const egress = (spec.egress ?? []).map(rule => ({ peers: rule?.to, ports: rule?.ports }));
    const rules = {
      ingress: types.includes('Ingress') ? ingress : undefined,
      egress: types.includes('Egress') ? egress : undefined,
    };
    return [{ name, selector: spec.podSelector ?? {}, rules }];
  });
}

/** Whether the policies of a namespace let a connection through, and which of them restrict it. */
export function permits(
  policies: readonly NetworkPolicy[],
  { direction, own, peer, port }: PolicyConnection,
): { readonly isOpen: boolean; readonly by: readonly string[] } {
  const restricting = policies.filter(
    ({ selector, rules }) => rules[direction] !== undefined && matches(selector, own.labels),
  );
  const isOpen = restricting.some(({ rules }) =>
    (rules[direction] ?? []).some(
      rule =>
        ((rule.peers ?? []).length === 0 || rule.peers?.some(each => isPeer(each, peer)) === true) &&
        ((rule.ports ?? []).length === 0 || rule.ports?.some(each => isPort(each, port)) === true),
    ),
  );
  return { isOpen: restricting.length === 0 || isOpen, by: restricting.map(({ name }) => name) };
}

/** Whether a peer of a rule is the other end; an address block is meant for what is outside the cluster. */
function isPeer(
  { podSelector, namespaceSelector, ipBlock }: z.output<typeof peerSchema>,
  peer: PolicyEndpoint,
): boolean {
  if (ipBlock !== undefined) return false;
  return (
    (namespaceSelector == null || matches(namespaceSelector, peer.namespaceLabels)) &&
    (podSelector == null || matches(podSelector, peer.labels))
  );
}

function isPort({ port, endPort, protocol }: z.output<typeof portSchema>, called: PolicyConnection['port']): boolean {
  if ((protocol ?? 'TCP') !== called.protocol) return false;
  if (port == null) return true;
  if (typeof port === 'string') return port === called.name;
  return called.number >= port && called.number <= (endPort ?? port);
}
