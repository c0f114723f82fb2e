/** Any object of the API, typed as loosely as the suite needs. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** The fields of an object that one manager owns. */
interface ManagedFields {
  readonly manager: string;
  readonly fieldsV1: Readonly<Record<string, object>>;
}

export interface ObjectList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
}

/** A condition in an object's status. */
export interface ConditionSeen {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Finds the condition of a type; undefined when there is none or the object has no status. */
export function conditionOf(object: KubernetesObject, type: string): ConditionSeen | undefined {
  const conditions = (object.status?.conditions ?? []) as readonly ConditionSeen[];
  return conditions.find(condition => condition.type === type);
}
