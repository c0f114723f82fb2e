import type { JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import type { KindRules } from './kind-rules.ts';

/** The JSON paths of a kind's replicas, which `/scale` reads and writes. */
export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  readonly labelSelector?: string;
}

/** A served kind: its names, its scope and the features of its API. */
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
  /** Whether status is written only through `/status`, without increasing the generation. */
  readonly status: boolean;
  readonly scale?: ScalePaths;
  /** Whether the API server counts `metadata.generation`. */
  readonly generation: boolean;
  /**
   * Further fields that a fieldSelector may use, besides metadata.name and metadata.namespace, such as `spec.nodeName`.
   */
  readonly selectableFields?: readonly string[];
  /** Whether a replace may omit the resourceVersion. */
  readonly unconditionalUpdate: boolean;
  /** The answer to `DELETE`: the object itself, or a Status with Success. */
  readonly deleteAnswers: 'Object' | 'Status';
  /** Whether a CustomResourceDefinition declares it; then the schema supplies defaults and validation. */
  readonly custom: boolean;
  /** The additionalPrinterColumns of a CustomResourceDefinition. */
  readonly columns?: readonly JsonObject[];
  readonly schema: Schema;
  readonly rules: KindRules;
}

/** The apiVersion: `apps/v1`, or `v1` for the core group. */
export function groupVersionOf({ group, version }: Pick<ResourceDefinition, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}
