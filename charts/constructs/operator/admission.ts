import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const apiVersion = 'admissionregistration.k8s.io/v1';
const sales = { apiGroups: ['headstart.dev'], apiVersions: ['v1alpha1'], resources: ['flashsales'] };
const plans = { apiGroups: ['headstart.dev'], apiVersions: ['v1alpha1'], resources: ['saleplans'] };

export interface AdmissionProps {
  /** A stated peak above this percentage needs the permission `announce-large`. @default 2000 */
  readonly largePeakPercent?: number;
}

/**
 * Admission policies for what RBAC cannot express: who may announce a large sale, and that an approval carries the name
 * of its writer.
 */
export class Admission extends Construct {
  constructor(scope: Construct, id: string, { largePeakPercent = 2000 }: AdmissionProps = {}) {
    super(scope, id);
    validate(this, 'headstart-large-sales', {
      resourceRules: [{ ...sales, operations: ['CREATE', 'UPDATE'] }],
      validations: [
        {
          expression: [...['expectedPeakPercent', 'minPeakPercent'].map(field => isSmall(field, largePeakPercent))]
            .join(' && ')
            .concat(` || ${mayDo('flashsales', 'announce-large')}`),
          message: `an expectedPeakPercent or minPeakPercent above ${largePeakPercent} needs the permission to announce-large flashsales`,
          reason: 'Forbidden',
        },
      ],
    });
    validate(this, 'headstart-approvals', {
      resourceRules: [{ ...plans, operations: ['CREATE', 'UPDATE'] }],
      variables: [
        {
          name: 'changed',
          expression:
            'has(object.spec.approval) && (oldObject == null || !has(oldObject.spec.approval) || oldObject.spec.approval != object.spec.approval)',
        },
      ],
      validations: [
        {
          expression: `!variables.changed || ${mayDo('saleplans', 'approve')}`,
          message: 'writing spec.approval needs the permission to approve saleplans',
          reason: 'Forbidden',
        },
        {
          expression: '!variables.changed || object.spec.approval.approvedBy == request.userInfo.username',
          message: 'spec.approval.approvedBy must be the user name of its writer',
          reason: 'Forbidden',
        },
      ],
    });
  }
}

/** CEL: the field is absent, at most the limit, or the same as before. */
function isSmall(field: string, most: number): string {
  return `(!has(object.spec.${field}) || object.spec.${field} <= ${most} || (oldObject != null && has(oldObject.spec.${field}) && oldObject.spec.${field} == object.spec.${field}))`;
}

function mayDo(resource: string, verb: string): string {
  return `authorizer.group('headstart.dev').resource('${resource}').namespace(object.metadata.namespace).name(object.metadata.name).check('${verb}').allowed()`;
}

function validate(
  scope: Construct,
  name: string,
  { resourceRules, ...spec }: { readonly resourceRules: readonly unknown[]; readonly [key: string]: unknown },
): void {
  new ApiObject(scope, name, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: { failurePolicy: 'Fail', matchConstraints: { resourceRules }, ...spec },
  });
  new ApiObject(scope, `${name}-binding`, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  });
}
