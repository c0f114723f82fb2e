import { describeManifest, type FieldPath, type ManifestObject } from '../manifests/manifest-object.ts';
import type { Code } from './codes.ts';

/** A problem in a folder of manifests. An `error` would be refused or do harm; a `warning` may be intended. */
export interface Finding {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `ScalingTarget marketplace/checkout`. */
  readonly object: string;
  readonly message: string;
}

/** A problem that a rule reports about one object; `field` leads to the line and column. */
export interface Remark {
  /** @default the rule's own */
  readonly code?: Code;
  readonly object: ManifestObject;
  readonly field?: FieldPath;
  /** The key is wrong, not its value. @default the value's place */
  readonly part?: 'key';
  /** @default 'error' */
  readonly severity?: Finding['severity'];
  readonly message: string;
}

/** What the objects are checked against, besides each other. */
export interface Surroundings {
  /** CustomResourceDefinitions from elsewhere. */
  readonly definitions: readonly ManifestObject[];
  /** The same folder as it was last applied; empty when it was not given. */
  readonly before: readonly ManifestObject[];
  /** Names of the ConfigMaps and Secrets that kustomize makes. */
  readonly generated: ReadonlySet<string>;
}

/** A check of all objects together, since most mistakes concern two of them. */
export interface Rule {
  readonly code: Code;
  check(objects: readonly ManifestObject[], surroundings: Surroundings): readonly Remark[];
}

/** Runs a rule and adds the file, line and column to each problem. */
export function findingsOf(
  { code: own, check }: Rule,
  objects: readonly ManifestObject[],
  surroundings: Surroundings = { definitions: [], before: [], generated: new Set() },
): readonly Finding[] {
  return check(objects, surroundings).map(({ code = own, object, field = [], part, severity = 'error', message }) => ({
    code,
    severity,
    file: object.file,
    ...object.placeOf(field, part),
    object: describeManifest(object),
    message,
  }));
}
