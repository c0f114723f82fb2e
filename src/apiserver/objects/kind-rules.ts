import type { StatusCause } from '../../schema/field-fault.ts';
import type { JsonObject } from '../../schema/json.ts';

/** What the API server knows of a built-in kind beyond its schema. Absent functions change nothing and find no fault. */
export interface KindRules {
  /** Fills what the API fills. */
  readonly fillDefaults?: (object: JsonObject) => JsonObject;
  /** @param before the stored object, absent on create */
  readonly faults?: (object: JsonObject, before?: JsonObject) => readonly StatusCause[];
  /** The status an object is born with, whatever its creator wrote; absent: what was written. */
  readonly initialStatus?: JsonObject;
  /** Laid over the status while an object waits to go. */
  readonly dyingStatus?: JsonObject;
  /** Whether something besides metadata.finalizers keeps a deleted object from going. */
  readonly isHeld?: (object: JsonObject) => boolean;
  /**
   * The object as Kubernetes' own types print it when nothing is set: what a creator leaves like this, nobody owns.
   * Without it an object begins as nothing at all.
   */
  readonly blank?: JsonObject;
}
