import type { JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import type { KindRules } from './kind-rules.ts';

/** Where a kind keeps its replicas, as JSON paths; what `/scale` reads and writes. */
export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  readonly labelSelector?: string;
}

/** One served kind: how it is called, where it lives and what the API does for it. */
export interface ResourceDefinition {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly namespaced: boolean;
  /** Status is written through `/status` alone, and writes of status do not count as a new generation. */
  readonly status: boolean;
  readonly scale?: ScalePaths;
  /** Whether the API counts `metadata.generation`. */
  readonly generation: boolean;
  /** Fields beyond metadata.name and metadata.namespace that a fieldSelector may ask for, as `spec.nodeName`. */
  readonly selectableFields?: readonly string[];
  /** Whether a replace may leave out the resourceVersion it is based on. */
  readonly unconditionalUpdate: boolean;
  /** What `DELETE` answers: the object itself, or a Status saying Success. */
  readonly deleteAnswers: 'Object' | 'Status';
  /** Declared by a CustomResourceDefinition: the schema gives defaults and is what validates. */
  readonly custom: boolean;
  /** additionalPrinterColumns of a CustomResourceDefinition. */
  readonly columns?: readonly JsonObject[];
  readonly schema: Schema;
  readonly rules: KindRules;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({ group, version }: Pick<ResourceDefinition, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}
