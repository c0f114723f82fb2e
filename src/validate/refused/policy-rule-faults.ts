import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { RefusedValue } from './refused-value.ts';

const peer = z.looseObject({
  ipBlock: z.looseObject({ cidr: z.string(), except: z.array(z.string()).nullish() }),
  podSelector: z.unknown().optional(),
  namespaceSelector: z.unknown().optional(),
});
const portRange = z.looseObject({ endPort: z.number(), port: z.union([z.number(), z.string()]).nullish() });
const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** Finds address blocks of a NetworkPolicy that are none, exceptions outside their block, and ranges of ports that end before they begin. */
export function policyRuleFaults({ apiVersion, kind, value }: ManifestObject): readonly RefusedValue[] {
  if (kind !== 'NetworkPolicy' || apiVersion !== 'networking.k8s.io/v1') return [];
  const below = (path: string, find: (stated: unknown) => readonly RefusedValue[]) =>
    valuesAt(value, path).flatMap(({ field, value: stated }) =>
      find(stated).map(fault => ({ ...fault, field: [...field, ...fault.field] })),
    );
  return [
    ...below('spec.ingress|egress[].from|to[]', peerFaults),
    ...below('spec.ingress|egress[].ports[]', rangeFaults),
  ];
}

function peerFaults(stated: unknown): readonly RefusedValue[] {
  const { data } = peer.safeParse(stated);
  if (data === undefined) return [];
  const { ipBlock, podSelector, namespaceSelector } = data;
  const isBoth = podSelector != null || namespaceSelector != null;
  return [
    ...(isBoth ? [{ field: ['ipBlock'], message: 'ipBlock stands beside a selector: make two peers of them' }] : []),
    ...blockFaults(ipBlock.cidr, ipBlock.except ?? []).map(fault => ({ ...fault, field: ['ipBlock', ...fault.field] })),
  ];
}

function blockFaults(outer: string, exceptions: readonly string[]): readonly RefusedValue[] {
  const isBlock = (text: string) => cidr.safeParse(text).success;
  if (!isBlock(outer)) {
    return [{ field: ['cidr'], message: `cidr ${outer} is no block of addresses, such as 10.0.0.0/8` }];
  }
  return exceptions.flatMap((inner, index) => {
    if (isBlock(inner) && isInside(inner, outer)) return [];
    const why = isBlock(inner) ? `not inside ${outer}` : 'no block of addresses';
    return [{ field: ['except', index], message: `except ${inner} is ${why}: name a smaller part of ${outer}` }];
  });
}

/** Whether a block is a smaller part of another. */
function isInside(inner: string, outer: string): boolean {
  const [bits, within] = [bitsOf(inner), bitsOf(outer)];
  return inner.includes(':') === outer.includes(':') && bits.length > within.length && bits.startsWith(within);
}

/** The bits of a block's address that its length counts, as text of 0 and 1. */
function bitsOf(block: string): string {
  const [address = '', length = '0'] = block.split('/');
  const bits = address.includes(':')
    ? groupsOf(address).map(group => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    : address.split('.').map(part => Number(part).toString(2).padStart(8, '0'));
  return bits.join('').slice(0, Number(length));
}

/** The eight groups of an IPv6 address, with those that `::` leaves out. */
function groupsOf(address: string): readonly string[] {
  const [head = [], tail = []] = address.split('::').map(part => part.split(':').filter(group => group !== ''));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
}

function rangeFaults(stated: unknown): readonly RefusedValue[] {
  const { endPort, port } = portRange.safeParse(stated).data ?? {};
  if (endPort === undefined || (typeof port === 'number' && port <= endPort)) return [];
  const message = `endPort ${endPort} needs a port by number that is not above it, not ${port ?? 'none'}`;
  return [{ field: ['endPort'], message }];
}
