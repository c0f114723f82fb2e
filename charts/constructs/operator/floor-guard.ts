import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const apiVersion = 'admissionregistration.k8s.io/v1';
const name = 'headstart-floor-guard';
const floor = annotation('headstart.dev/floor');
const floorMax = annotation('headstart.dev/floor-max');

/**
 * Keeps an HPA's bounds at or above the floors in its annotations, whoever writes: a re-apply from Git during a sale
 * succeeds and changes nothing. It raises the maximum, too; otherwise a re-apply of the baseline's maximum would be
 * refused (422) under a raised minimum. To lower a bound, the operator removes its annotation in the same request.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export class FloorGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, 'policy', {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Ignore',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['autoscaling'],
              apiVersions: ['v2'],
              resources: ['horizontalpodautoscalers'],
              operations: ['CREATE', 'UPDATE'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'below-its-floor',
            expression: `(${floor.isSet} && object.spec.minReplicas < ${floor.value}) || (${floorMax.isSet} && object.spec.maxReplicas < ${floorMax.value})`,
          },
        ],
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: {
              expression: `Object{spec: Object.spec{minReplicas: ${atLeast('minReplicas', floor)}, maxReplicas: ${atLeast('maxReplicas', floorMax)}}}`,
            },
          },
        ],
      },
    });
    new ApiObject(this, 'binding', {
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

function atLeast(field: string, bound: ReturnType<typeof annotation>): string {
  return `(${bound.isSet} && object.spec.${field} < ${bound.value}) ? ${bound.value} : object.spec.${field}`;
}
