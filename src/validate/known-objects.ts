import { z } from 'zod';
import { ownValue } from '../api/names/own-value.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';

const labels = z.record(z.string(), z.string());
const selector = z.looseObject({ matchLabels: labels.optional() });
const intOrPercent = z.union([z.int(), z.string()]);

const resources = z.record(z.string(), z.union([z.string(), z.number()]));
const requirements = z.looseObject({ requests: resources.nullish(), limits: resources.nullish() });

const containerSchema = z.looseObject({ resources: requirements.nullish(), restartPolicy: z.string().optional() });
const podSpecSchema = z.looseObject({
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).optional(),
  resources: requirements.nullish(),
  overhead: resources.nullish(),
});

/** A container, with the fields that the rules read. */
export type Container = z.output<typeof containerSchema>;

/** A pod's spec, with the fields that the rules read. */
export type PodSpec = z.output<typeof podSpecSchema>;

const schemas = {
  Workload: z.looseObject({
    spec: z.looseObject({
      replicas: z.int().optional(),
      selector,
      template: z.looseObject({
        metadata: z.looseObject({ labels: labels.optional() }).optional(),
        spec: podSpecSchema,
      }),
    }),
  }),
  HorizontalPodAutoscaler: z.looseObject({
    spec: z.looseObject({
      scaleTargetRef: z.looseObject({ apiVersion: z.string().nullish(), kind: z.string(), name: z.string() }),
      minReplicas: z
        .int()
        .nullish()
        .transform(stated => stated ?? 1),
      maxReplicas: z.int(),
    }),
  }),
  PodDisruptionBudget: z.looseObject({
    spec: z.looseObject({ selector, minAvailable: intOrPercent.optional(), maxUnavailable: intOrPercent.optional() }),
  }),
  CapacityBuffer: z.looseObject({
    spec: z.looseObject({
      replicas: z.int().nullish(),
      percentage: z.int().nullish(),
      scalableRef: z.looseObject({ kind: z.string(), name: z.string() }).nullish(),
    }),
  }),
  Application: z.looseObject({
    spec: z.looseObject({
      destination: z.looseObject({ namespace: z.string().optional() }).optional(),
      ignoreDifferences: z
        .array(z.looseObject({ kind: z.string().optional(), jsonPointers: z.array(z.string()).optional() }))
        .optional(),
      syncPolicy: z.looseObject({ syncOptions: z.array(z.string()).optional() }).optional(),
    }),
  }),
  ResourceQuota: z.looseObject({
    spec: z.looseObject({
      hard: resources,
      scopes: z.array(z.string()).nullish(),
      scopeSelector: z.unknown().optional(),
    }),
  }),
  LimitRange: z.looseObject({
    spec: z.looseObject({
      limits: z.array(
        z.looseObject({
          type: z.string(),
          defaultRequest: resources.nullish(),
          default: resources.nullish(),
          max: resources.nullish(),
          min: resources.nullish(),
        }),
      ),
    }),
  }),
} as const;

type Kind = keyof typeof schemas;

/**
 * Returns the objects of one kind with the fields that the rules read. Objects of another shape are left to the API
 * server.
 */
export function objectsOf<K extends Kind>(objects: readonly ManifestObject[], kind: K) {
  return objects.flatMap(object => {
    const isKind = kind === 'Workload' ? isWorkload(object) : object.kind === kind;
    if (!isKind) return [];
    const known = parsedBefore.get(object) ?? parsedSpec(object, kind);
    parsedBefore.set(object, known);
    return known.spec === undefined ? [] : [{ object, spec: known.spec as z.output<(typeof schemas)[K]>['spec'] }];
  });
}

/** Specs by object, which is of one of the kinds at most: a folder's rules ask for each many times. */
const parsedBefore = new WeakMap<ManifestObject, { readonly spec: unknown }>();

function parsedSpec({ value }: ManifestObject, kind: Kind): { readonly spec: unknown } {
  return { spec: schemas[kind].safeParse(value).data?.spec };
}

/** Whether every label of a selector is among `present`. An empty selector selects nothing here. */
export function selects(
  matchLabels: Readonly<Record<string, string>> = {},
  present: Readonly<Record<string, string>> = {},
): boolean {
  const wanted = Object.entries(matchLabels);
  return wanted.length > 0 && wanted.every(([key, value]) => ownValue(present, key) === value);
}

function isWorkload({ apiVersion, kind }: ManifestObject): boolean {
  return apiVersion === 'apps/v1' && (kind === 'Deployment' || kind === 'StatefulSet');
}
