import type { StatusCause } from '../../schema/field-fault.ts';
import type { JsonObject } from '../../schema/json.ts';

/** The rules of a built-in kind beyond its schema. An absent function changes nothing and finds no fault. */
export interface KindRules {
  /** Fills in the kind's defaults. */
  readonly fillDefaults?: (object: JsonObject) => JsonObject;
  /** Finds faults. @param before the stored object, absent on create */
  readonly faults?: (object: JsonObject, before?: JsonObject) => readonly StatusCause[];
  /** The status of a new object, whatever its creator wrote; absent: the written one. */
  readonly initialStatus?: JsonObject;
  /** Merged into the status while an object is being deleted. */
  readonly dyingStatus?: JsonObject;
  /** Whether something besides metadata.finalizers keeps a deleted object from being removed. */
  readonly isHeld?: (object: JsonObject) => boolean;
  /**
   * The object as Kubernetes' own types print it when nothing is set. No manager owns fields that keep this value.
   * Absent: an empty object.
   */
  readonly blank?: JsonObject;
}
