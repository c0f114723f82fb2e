import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const serviceSchema = z.looseObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  spec: z.looseObject({
    type: z.string().nullish(),
    clusterIP: z.string().nullish(),
    externalName: z.string().nullish(),
    ports: z.array(z.looseObject({ nodePort: z.number().nullish() })).nullish(),
  }),
});

/** Ports of nodes that an API server gives out, unless it is started with another range. */
const nodePorts = { least: 30_000, most: 32_767 } as const;

/** Finds fields of a Service that its type excludes or lacks. */
export function serviceFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const spec = serviceSchema.safeParse(value).data?.spec;
  if (spec === undefined) return [];
  const { clusterIP, externalName } = spec;
  const type = spec.type ?? 'ClusterIP';
  const ports = spec.ports ?? [];
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer';
  const told = (field: string, message: string) => [{ field: ['spec', field], message }];
  return [
    ...(type === 'ExternalName' && (externalName ?? '') === ''
      ? told('type', 'type ExternalName needs externalName, the host that it stands for')
      : []),
    ...(hasNodePorts && clusterIP === 'None' ? told('clusterIP', `clusterIP None excludes type ${type}`) : []),
    ...(ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None'
      ? told('ports', 'has no ports: it needs at least one')
      : []),
    ...ports.flatMap(({ nodePort }, index) => {
      if (nodePort == null || nodePort === 0) return [];
      const field = ['spec', 'ports', index, 'nodePort'];
      if (!hasNodePorts) return [{ field, message: `nodePort ${nodePort} needs type NodePort or LoadBalancer` }];
      if (nodePort >= nodePorts.least && nodePort <= nodePorts.most) return [];
      return [{ field, message: `nodePort ${nodePort}: from ${nodePorts.least} to ${nodePorts.most}` }];
    }),
  ];
}
