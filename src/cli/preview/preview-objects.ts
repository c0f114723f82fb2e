import { z } from 'zod';
import { ParseError, parseWith } from '../../api/faults/parse-error.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import { defaultPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { describeManifest, type ManifestObject } from '../../manifests/manifest-object.ts';
import { scalingPoliciesOf, scalingTargetsOf } from '../../manifests/our-objects.ts';
import { formatFaults, ourFaults, readManifests } from '../files/read-manifests.ts';
import type { SaleManifest } from '../files/read-sales.ts';
import { chooseNamespace } from './choose-namespace.ts';

/** The objects of one namespace that a preview is made of, from files. */
export interface PreviewObjects {
  readonly namespace: string;
  readonly sales: readonly FlashSale[];
  readonly targets: readonly ScalingTarget[];
  readonly policy: ScalingPolicySpec;
  readonly scalers: readonly ManifestScaler[];
  /** The manifests of the targets' folder that are of the namespace. */
  readonly manifests: readonly ManifestObject[];
}

/**
 * Reads the objects of a preview: the announced sales, and of a folder ScalingTargets with the HorizontalPodAutoscalers
 * and the ScalingPolicy where known.
 *
 * @throws Error naming file and line, when an object is invalid
 */
export function readPreviewObjects(announced: readonly SaleManifest[], targetsFolder: string): PreviewObjects {
  const { namespace, objects: manifests } = chooseNamespace(
    announced.map(({ object }) => object),
    readManifests([targetsFolder]),
  );
  const told = ourFaults(manifests, ['ScalingTarget', 'ScalingPolicy']);
  if (told.length > 0) throw new Error(told.join('\n'));
  const targets = scalingTargetsOf(manifests).map(({ target }) => target);
  if (targets.length === 0) throw new Error(`${targetsFolder} has no ScalingTarget in namespace ${namespace}`);
  const [policy] = scalingPoliciesOf(manifests).map(each => each.policy);
  return {
    namespace,
    sales: announced.map(({ sale }) => sale),
    targets,
    policy: policy?.spec ?? defaultPolicySpec(),
    scalers: manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(parseScaler),
    manifests,
  };
}

const scalerSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(
        z.looseObject({
          apiVersion: z.string(),
          kind: z.string(),
          name: z.string(),
          controller: z.boolean().default(false),
        }),
      )
      .optional(),
  }),
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ apiVersion: z.string().default(''), kind: z.string(), name: z.string() }),
    minReplicas: z
      .int()
      .min(0)
      .nullish()
      .transform(stated => stated ?? 1),
    maxReplicas: z.int().min(1),
  }),
});

/** An HPA as a manifest states it. */
export type ManifestScaler = z.infer<typeof scalerSchema>;

function parseScaler(manifest: ManifestObject): ManifestScaler {
  try {
    return parseWith(scalerSchema, manifest.value, describeManifest(manifest));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new Error(formatFaults(manifest, error.faults).join('\n'), { cause: error });
  }
}
