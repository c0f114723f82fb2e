import type { ManifestObject } from './manifest-object.ts';

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
  readonly field?: readonly (string | number)[];
  /** @default 'error' */
  readonly severity?: Finding['severity'];
  readonly message: string;
}

/** A rule looks at all objects together, since most mistakes lie between two of them. */
export interface Rule {
  readonly name: string;
  check(objects: readonly ManifestObject[]): readonly Remark[];
}
