/** A kind whose objects hold the bounds of a workload. */
export type AutoscalerKind = 'HorizontalPodAutoscaler' | 'ScaledObject';

/** How a kind is written, and what its fields for the two bounds are called. */
export interface BoundsFields {
  readonly apiVersion: string;
  readonly kind: AutoscalerKind;
  readonly minReplicas: string;
  readonly maxReplicas: string;
  /** What messages call an object of the kind. */
  readonly noun: string;
}

const hpaFields: BoundsFields = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  minReplicas: 'minReplicas',
  maxReplicas: 'maxReplicas',
  noun: 'HPA',
};

/** @see https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const scaledObjectFields: BoundsFields = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  minReplicas: 'minReplicaCount',
  maxReplicas: 'maxReplicaCount',
  noun: 'ScaledObject',
};

/** Returns how the bounds of a kind are written. @param kind @default HorizontalPodAutoscaler */
export function boundsFields(kind: AutoscalerKind = 'HorizontalPodAutoscaler'): BoundsFields {
  return kind === 'ScaledObject' ? scaledObjectFields : hpaFields;
}

/** Names an autoscaler in messages: `HPA checkout`, `ScaledObject checkout`. */
export function nameAutoscaler({
  objectKind,
  name,
}: {
  readonly objectKind?: AutoscalerKind | undefined;
  readonly name: string;
}): string {
  return `${boundsFields(objectKind).noun} ${name}`;
}

/** Returns the kind of autoscaler that an object is, whatever the version; undefined when it is another object. */
export function autoscalerKindOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
}): AutoscalerKind | undefined {
  return [hpaFields, scaledObjectFields].find(
    ({ apiVersion, kind }) => kind === object.kind && groupOf(apiVersion) === groupOf(object.apiVersion),
  )?.kind;
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}
