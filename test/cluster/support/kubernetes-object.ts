/** Any object of the API, as loosely as the suite needs it. */
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

/** What one manager owns of an object. */
interface ManagedFields {
  readonly manager: string;
  readonly fieldsV1: Readonly<Record<string, object>>;
}

export interface ObjectList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
}

/** One statement of an object's status. */
export interface ConditionSeen {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The condition of that type, or undefined; an object without status has none. */
export function conditionOf(object: KubernetesObject, type: string): ConditionSeen | undefined {
  const conditions = (object.status?.conditions ?? []) as readonly ConditionSeen[];
  return conditions.find(condition => condition.type === type);
}
