import { describeManifest, type FieldPath, type ManifestObject } from './manifest-object.ts';

/** Something in a folder of manifests that its author should know. An `error` would be refused or do harm; a `warning` may be meant. */
export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  /** `ScalingTarget marketplace/checkout`. */
  readonly object: string;
  readonly message: string;
}

/** What a rule says of one object; `field` leads to the line. */
export interface Remark {
  readonly object: ManifestObject;
  readonly field?: FieldPath;
  /** @default 'error' */
  readonly severity?: Finding['severity'];
  readonly message: string;
}

/** What the objects are held against besides each other. */
export interface Surroundings {
  /** CustomResourceDefinitions that stand elsewhere. */
  readonly definitions: readonly ManifestObject[];
  /** The same folder as it was applied last; empty when nobody gave it. */
  readonly before: readonly ManifestObject[];
}

/** A rule looks at all objects together, since most mistakes lie between two of them. */
export interface Rule {
  readonly name: string;
  check(objects: readonly ManifestObject[], surroundings: Surroundings): readonly Remark[];
}

/** What a rule finds, each with the place that it is about. */
export function findingsOf(
  { name, check }: Rule,
  objects: readonly ManifestObject[],
  surroundings: Surroundings = { definitions: [], before: [] },
): readonly Finding[] {
  return check(objects, surroundings).map(({ object, field = [], severity = 'error', message }) => ({
    rule: name,
    severity,
    file: object.file,
    line: object.lineOf(field),
    object: describeManifest(object),
    message,
  }));
}
