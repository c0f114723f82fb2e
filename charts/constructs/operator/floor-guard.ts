import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** The first minor version of Kubernetes that serves MutatingAdmissionPolicies as v1. */
export const floorGuardMinor = 36;

const apiVersion = 'admissionregistration.k8s.io/v1';
const floor = annotation('headstart.dev/floor');
const floorMax = annotation('headstart.dev/floor-max');

/** A kind that holds bounds, and its fields for them. */
interface GuardedKind {
  readonly name: string;
  readonly apiGroup: string;
  readonly version: string;
  readonly resource: string;
  readonly min: GuardedField;
  readonly max: GuardedField;
}

/** A field of the spec for a bound, with what the kind takes where it is not stated. */
interface GuardedField {
  readonly name: string;
  readonly otherwise: number;
}

const guarded: readonly GuardedKind[] = [
  {
    name: 'headstart-floor-guard',
    apiGroup: 'autoscaling',
    version: 'v2',
    resource: 'horizontalpodautoscalers',
    min: { name: 'minReplicas', otherwise: 1 },
    max: { name: 'maxReplicas', otherwise: 1 },
  },
  {
    name: 'headstart-floor-guard-keda',
    apiGroup: 'keda.sh',
    version: 'v1alpha1',
    resource: 'scaledobjects',
    min: { name: 'minReplicaCount', otherwise: 0 },
    max: { name: 'maxReplicaCount', otherwise: 100 },
  },
];

/**
 * Keeps the bounds of an HPA or a ScaledObject at or above the floors in its annotations, whoever writes: a re-apply
 * from Git during a sale succeeds and changes nothing. It raises the maximum, too; otherwise a re-apply of the
 * baseline's maximum would be refused (422) under a raised minimum. To lower a bound, the operator removes its
 * annotation in the same request.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export class FloorGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const kind of guarded) this.#guard(kind);
  }

  #guard({ name, apiGroup, version, resource, min, max }: GuardedKind): void {
    new ApiObject(this, `${resource}-policy`, {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Ignore',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [apiGroup],
              apiVersions: [version],
              resources: [resource],
              operations: ['CREATE', 'UPDATE'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'below-its-floor',
            expression: `${isBelow(min, floor)} || ${isBelow(max, floorMax)}`,
          },
        ],
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: {
              expression: `Object{spec: Object.spec{${min.name}: ${atLeast(min, floor)}, ${max.name}: ${atLeast(max, floorMax)}}}`,
            },
          },
        ],
      },
    });
    new ApiObject(this, `${resource}-binding`, {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name },
    });
  }
}

/** CEL for an annotation whose value is a number. */
function annotation(key: string) {
  const at = `object.metadata.annotations['${key}']`;
  return {
    isSet: `has(object.metadata.annotations) && '${key}' in object.metadata.annotations && ${at}.matches('^[0-9]{1,6}$')`,
    value: `int(${at})`,
  };
}

/** CEL for a bound that is lower than its annotation says. */
function isBelow(field: GuardedField, bound: ReturnType<typeof annotation>): string {
  return `(${bound.isSet} && ${stated(field)} < ${bound.value})`;
}

function atLeast(field: GuardedField, bound: ReturnType<typeof annotation>): string {
  return `${isBelow(field, bound)} ? ${bound.value} : ${stated(field)}`;
}

function stated({ name, otherwise }: GuardedField): string {
  return `(has(object.spec.${name}) ? object.spec.${name} : ${otherwise})`;
}
