import type { FieldPath } from '../../manifests/manifest-object.ts';

/** What the API server refuses of one object, at a field of it. */
export interface RefusedValue {
  readonly field: FieldPath;
  readonly message: string;
}
