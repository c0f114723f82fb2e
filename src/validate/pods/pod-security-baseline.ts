import type { FieldPath } from '../../manifests/manifest-object.ts';
import { containersOf, type TemplateContainer, type TemplateSpec } from './pod-spec.ts';

/** What a level of Pod Security refuses, with its path in the pod's spec. */
export interface SecurityFault {
  readonly field: FieldPath;
  readonly message: string;
}

const capabilities = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD'],
  ...['NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];
const sysctls = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
  ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
];
const selinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** Returns what the level `baseline` refuses of a pod. */
export function baselineFaults(spec: TemplateSpec): readonly SecurityFault[] {
  const host = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(field => spec[field] === true);
  const paths = spec.volumes.flatMap((volume, index) =>
    'hostPath' in volume ? [{ field: ['volumes', index], message: `volume ${volume.name} is a path of the node` }] : [],
  );
  const unsafe = (spec.securityContext?.sysctls ?? []).filter(({ name }) => !sysctls.includes(name));
  return [
    ...host.map(field => ({ field: [field], message: `${field} is true` })),
    ...paths,
    ...unsafe.map(({ name }) => ({ field: ['securityContext', 'sysctls'], message: `sysctl ${name} is not safe` })),
    ...contextFaults(spec.securityContext, ['securityContext'], 'the pod'),
    ...containersOf(spec).flatMap(({ container, path }) => containerFaults(container, path)),
  ];
}

function containerFaults(
  { name, ports, securityContext }: TemplateContainer,
  path: FieldPath,
): readonly SecurityFault[] {
  const at = [...path, 'securityContext'];
  const added = (securityContext?.capabilities?.add ?? []).filter(each => !capabilities.includes(each));
  return [
    ...(securityContext?.privileged === true
      ? [{ field: [...at, 'privileged'], message: `container ${name} is privileged` }]
      : []),
    ...added.map(each => ({
      field: [...at, 'capabilities', 'add'],
      message: `container ${name} adds the capability ${each}`,
    })),
    ...ports.flatMap(({ hostPort }, index) =>
      hostPort != null && hostPort !== 0
        ? [
            {
              field: [...path, 'ports', index, 'hostPort'],
              message: `container ${name} takes port ${hostPort} of the node`,
            },
          ]
        : [],
    ),
    ...(securityContext?.procMount != null && securityContext.procMount !== 'Default'
      ? [{ field: [...at, 'procMount'], message: `container ${name} has procMount ${securityContext.procMount}` }]
      : []),
    ...contextFaults(securityContext, at, `container ${name}`),
  ];
}

function contextFaults(
  context: TemplateSpec['securityContext'] | TemplateContainer['securityContext'],
  at: FieldPath,
  what: string,
): readonly SecurityFault[] {
  const { seccompProfile, seLinuxOptions, appArmorProfile, windowsOptions } = context ?? {};
  const isOwnUser = (seLinuxOptions?.user ?? '') !== '' || (seLinuxOptions?.role ?? '') !== '';
  return [
    ...(seccompProfile?.type === 'Unconfined'
      ? [{ field: [...at, 'seccompProfile'], message: `${what} has no seccomp profile (Unconfined)` }]
      : []),
    ...(appArmorProfile?.type === 'Unconfined'
      ? [{ field: [...at, 'appArmorProfile'], message: `${what} has no AppArmor profile (Unconfined)` }]
      : []),
    ...(isOwnUser || !selinuxTypes.includes(seLinuxOptions?.type ?? '')
      ? [{ field: [...at, 'seLinuxOptions'], message: `${what} sets SELinux options of its own` }]
      : []),
    ...(windowsOptions?.hostProcess === true
      ? [{ field: [...at, 'windowsOptions'], message: `${what} is a process of the host` }]
      : []),
  ];
}
