import { ownValue } from '../../api/names/own-value.ts';
import type { FieldPath } from '../../manifests/manifest-object.ts';
import type { SecurityFault } from './pod-security-baseline.ts';
import { containersOf, type TemplateContainer, type TemplateSpec } from './pod-spec.ts';

const volumeKinds = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral'],
  ...['persistentVolumeClaim', 'projected', 'secret', 'image'],
];

/** Returns what the level `restricted` refuses of a pod beyond `baseline`. */
export function restrictedFaults(spec: TemplateSpec): readonly SecurityFault[] {
  const volumes = spec.volumes.flatMap((volume, index) => {
    const kind = Object.keys(volume).find(key => key !== 'name' && key !== 'hostPath' && ownValue(volume, key) != null);
    return kind === undefined || volumeKinds.includes(kind)
      ? []
      : [{ field: ['volumes', index], message: `volume ${volume.name} is of the kind ${kind}` }];
  });
  const isRoot = spec.securityContext?.runAsUser === 0;
  return [
    ...volumes,
    ...(isRoot ? [{ field: ['securityContext', 'runAsUser'], message: 'the pod runs as user 0, root' }] : []),
    ...containersOf(spec).flatMap(({ container, path }) => containerFaults(container, path, spec)),
  ];
}

function containerFaults(
  { name, securityContext: own }: TemplateContainer,
  path: FieldPath,
  { securityContext: shared, os }: TemplateSpec,
): readonly SecurityFault[] {
  const at = [...path, 'securityContext'];
  const told = (field: FieldPath, message: string) => [
    { field: [...at, ...field], message: `container ${name} ${message}` },
  ];
  const root = own?.runAsUser === 0 ? told(['runAsUser'], 'runs as user 0, root') : [];
  const nonRoot =
    (own?.runAsNonRoot ?? shared?.runAsNonRoot) === true ? [] : told([], 'may run as root: state runAsNonRoot: true');
  if (os?.name === 'windows') return [...root, ...nonRoot];
  const profile = own?.seccompProfile?.type ?? shared?.seccompProfile?.type ?? 'none';
  const extra = (own?.capabilities?.add ?? []).filter(each => each !== 'NET_BIND_SERVICE');
  return [
    ...root,
    ...nonRoot,
    ...(own?.allowPrivilegeEscalation === false ? [] : told([], 'lacks allowPrivilegeEscalation: false')),
    ...(own?.capabilities?.drop.includes('ALL') === true ? [] : told([], 'lacks capabilities: { drop: [ALL] }')),
    ...extra.flatMap(each => told(['capabilities', 'add'], `adds the capability ${each}`)),
    ...(['RuntimeDefault', 'Localhost'].includes(profile)
      ? []
      : told([], `has the seccomp profile ${profile}: state RuntimeDefault`)),
  ];
}
