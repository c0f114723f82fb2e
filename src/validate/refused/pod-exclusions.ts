import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import { isJsonObject } from '../../schema/json.ts';
import type { TemplateSpec } from '../pods/pod-spec.ts';
import type { RefusedValue } from './refused-value.ts';

const containers = 'containers|initContainers[]';

/** Ways in which a probe asks, or a hook acts. */
const actions = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

const toleration = z.looseObject({
  operator: z.string().nullish(),
  key: z.string().nullish(),
  value: z.string().nullish(),
  effect: z.string().nullish(),
  tolerationSeconds: z.number().nullish(),
});
const security = z.looseObject({
  privileged: z.boolean().nullish(),
  allowPrivilegeEscalation: z.boolean().nullish(),
});
const dnsSchema = z.looseObject({
  dnsPolicy: z.literal('None'),
  dnsConfig: z.looseObject({ nameservers: z.array(z.string()).min(1) }),
});

/** Resources of a container that have no domain of their own. */
const resourceName = /^(cpu|memory|ephemeral-storage|hugepages-.+|[^/]+\/.+)$/;

/** Finds fields of a pod's spec that exclude each other, or of which one needs the other. */
export function podExclusions(spec: TemplateSpec): readonly RefusedValue[] {
  return [
    ...actionFaults(spec),
    ...volumeFaults(spec),
    ...tolerationFaults(spec),
    ...contextFaults(spec),
    ...othersOf(spec),
  ];
}

function actionFaults(spec: TemplateSpec): readonly RefusedValue[] {
  const probes = valuesAt(spec, `${containers}.livenessProbe|readinessProbe|startupProbe`);
  const hooks = valuesAt(spec, `${containers}.lifecycle.preStop|postStart`);
  return [...probes, ...hooks].flatMap(({ field, value }) => {
    const stated = isJsonObject(value) ? actions.filter(action => ownValue(value, action) != null) : ['none'];
    if (stated.length === 1) return [];
    const found = stated.length === 0 ? 'nothing to ask or to do' : `${stated.join(' and ')}: leave one`;
    return [{ field, message: `${field.at(-1)} has ${found}` }];
  });
}

function volumeFaults({ volumes }: TemplateSpec): readonly RefusedValue[] {
  return volumes.flatMap((volume, index) => {
    const sources = Object.entries(volume).flatMap(([key, value]) => (key === 'name' || value == null ? [] : [key]));
    if (sources.length < 2) return [];
    return [{ field: ['volumes', index], message: `volume ${volume.name} is ${sources.join(' and ')}: leave one` }];
  });
}

function tolerationFaults(spec: TemplateSpec): readonly RefusedValue[] {
  return valuesAt(spec, 'tolerations[]').flatMap(({ field, value: stated }) => {
    const { operator, key, value, effect, tolerationSeconds } = toleration.safeParse(stated).data ?? {};
    const told = (message: string) => [{ field, message: `toleration of ${key ?? 'every taint'}: ${message}` }];
    return [
      ...(operator === 'Exists' && value != null && value !== '' ? told('Exists asks for no value: remove it') : []),
      ...((key ?? '') === '' && operator !== 'Exists' ? told('without a key the operator must be Exists') : []),
      ...(tolerationSeconds != null && effect !== 'NoExecute' ? told('tolerationSeconds needs effect NoExecute') : []),
    ];
  });
}

function contextFaults(spec: TemplateSpec): readonly RefusedValue[] {
  const contexts = valuesAt(spec, `${containers}.securityContext`).flatMap(({ field, value }) => {
    const { privileged, allowPrivilegeEscalation } = security.safeParse(value).data ?? {};
    if (privileged !== true || allowPrivilegeEscalation !== false) return [];
    return [{ field, message: 'privileged: true excludes allowPrivilegeEscalation: false: remove one' }];
  });
  return [...contexts, ...profileFaults(spec)];
}

function profileFaults(spec: TemplateSpec): readonly RefusedValue[] {
  const placed = [
    ...valuesAt(spec, 'securityContext.seccompProfile'),
    ...valuesAt(spec, `${containers}.securityContext.seccompProfile`),
  ];
  return placed.flatMap(({ field, value }) => {
    if (!isJsonObject(value)) return [];
    const isNamed = value.localhostProfile != null && value.localhostProfile !== '';
    if ((value.type === 'Localhost') === isNamed) return [];
    const message = isNamed ? 'localhostProfile needs type Localhost' : 'type Localhost needs a localhostProfile';
    return [{ field, message: `seccompProfile: ${message}` }];
  });
}

function othersOf(spec: TemplateSpec): readonly RefusedValue[] {
  const isWithoutNames = spec.dnsPolicy === 'None' && !dnsSchema.safeParse(spec).success;
  const ports = spec.hostNetwork === true ? valuesAt(spec, 'containers[].ports[]') : [];
  return [
    ...(isWithoutNames
      ? [{ field: ['dnsPolicy'], message: 'dnsPolicy None needs at least one of dnsConfig.nameservers' }]
      : []),
    ...ports.flatMap(({ field, value }) => {
      if (!isJsonObject(value) || value.hostPort == null || value.hostPort === value.containerPort) return [];
      const message = `hostPort ${value.hostPort} differs from containerPort ${value.containerPort} on hostNetwork`;
      return [{ field: [...field, 'hostPort'], message }];
    }),
    ...valuesAt(spec, `${containers}.resources.requests|limits`).flatMap(({ field, value }) =>
      Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, amount]) => {
        const at = [...field, name];
        const known = 'cpu, memory, ephemeral-storage, or one with a domain';
        return [
          ...(resourceName.test(name)
            ? []
            : [{ field: at, message: `${name} is no resource of a container: ${known}` }]),
          ...(String(amount).startsWith('-')
            ? [{ field: at, message: `${name} is ${amount}: it must be at least 0` }]
            : []),
        ];
      }),
    ),
  ];
}
