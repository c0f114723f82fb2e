import { z } from 'zod';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z.number().nullish();
const port = z.union([z.string(), z.number()]);

/** A list that may be left out. */
function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform(items => items ?? []);
}

const nameOnly = z.looseObject({ name: text, optional: flag }).nullish();
const keyOf = z.looseObject({ name: text, key: z.string(), optional: flag }).nullish();

const amounts = z.record(z.string(), z.union([z.string(), z.number()])).nullish();
const requirements = z.looseObject({ requests: amounts, limits: amounts }).nullish();

const handler = {
  httpGet: z.looseObject({ port }).nullish(),
  tcpSocket: z.looseObject({ port }).nullish(),
  grpc: z.looseObject({ port: z.number() }).nullish(),
  exec: z.looseObject({ command: listOf(z.string()) }).nullish(),
};
const probe = z
  .looseObject({ ...handler, periodSeconds: whole, timeoutSeconds: whole, failureThreshold: whole })
  .nullish();

const security = {
  runAsNonRoot: flag,
  runAsUser: whole,
  seccompProfile: z.looseObject({ type: text }).nullish(),
  seLinuxOptions: z.looseObject({ type: text, user: text, role: text }).nullish(),
  appArmorProfile: z.looseObject({ type: text }).nullish(),
  windowsOptions: z.looseObject({ hostProcess: flag }).nullish(),
};

const containerSchema = z.looseObject({
  name: z.string(),
  image: text,
  restartPolicy: text,
  ports: listOf(z.looseObject({ name: text, containerPort: z.number(), protocol: text, hostPort: whole })),
  env: listOf(
    z.looseObject({
      name: z.string(),
      value: text,
      valueFrom: z.looseObject({ configMapKeyRef: keyOf, secretKeyRef: keyOf }).nullish(),
    }),
  ),
  envFrom: listOf(z.looseObject({ configMapRef: nameOnly, secretRef: nameOnly })),
  volumeMounts: listOf(z.looseObject({ name: z.string() })),
  volumeDevices: listOf(z.looseObject({ name: z.string() })),
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
  lifecycle: z
    .looseObject({
      preStop: z.looseObject({ ...handler, sleep: z.looseObject({ seconds: z.number() }).nullish() }).nullish(),
    })
    .nullish(),
  resources: requirements,
  securityContext: z
    .looseObject({
      ...security,
      privileged: flag,
      allowPrivilegeEscalation: flag,
      procMount: text,
      capabilities: z.looseObject({ add: listOf(z.string()), drop: listOf(z.string()) }).nullish(),
    })
    .nullish(),
});

const keysOf = listOf(z.looseObject({ key: z.string() }));

/** A pod's spec, with the fields that the rules read. */
export const podSpecSchema = z.looseObject({
  containers: z.array(containerSchema),
  initContainers: listOf(containerSchema),
  volumes: listOf(
    z.looseObject({
      name: z.string(),
      configMap: z.looseObject({ name: text, optional: flag, items: keysOf }).nullish(),
      secret: z.looseObject({ secretName: text, optional: flag, items: keysOf }).nullish(),
      persistentVolumeClaim: z.looseObject({ claimName: z.string() }).nullish(),
      projected: z
        .looseObject({
          sources: listOf(
            z.looseObject({
              configMap: z.looseObject({ name: text, optional: flag, items: keysOf }).nullish(),
              secret: z.looseObject({ name: text, optional: flag, items: keysOf }).nullish(),
            }),
          ),
        })
        .nullish(),
    }),
  ),
  imagePullSecrets: listOf(z.looseObject({ name: text })),
  serviceAccountName: text,
  priorityClassName: text,
  restartPolicy: text,
  terminationGracePeriodSeconds: whole,
  hostNetwork: flag,
  hostPID: flag,
  hostIPC: flag,
  os: z.looseObject({ name: text }).nullish(),
  resources: requirements,
  securityContext: z.looseObject({ ...security, sysctls: listOf(z.looseObject({ name: z.string() })) }).nullish(),
});

/** A pod's spec, with the fields that the rules read. */
export type TemplateSpec = z.output<typeof podSpecSchema>;

/** A container of a pod, with the fields that the rules read. */
export type TemplateContainer = z.output<typeof containerSchema>;

/** A container with its path in the pod's spec. */
export interface PlacedContainer {
  readonly container: TemplateContainer;
  readonly path: readonly [list: 'containers' | 'initContainers', index: number];
}

/** Lists the containers of a pod: those that run, then those before them. */
export function containersOf({ containers, initContainers }: TemplateSpec): readonly PlacedContainer[] {
  return [
    ...containers.map((container, index) => ({ container, path: ['containers', index] as const })),
    ...initContainers.map((container, index) => ({ container, path: ['initContainers', index] as const })),
  ];
}
