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
 * Admission policies for what RBAC cannot express: who may announce a large sale, who may give, change or remove an
 * approval, and that it carries the name of its writer. The operator counts no approval while `headstart-approvals` is
 * not in force (src/observe/approval-guard.ts). A SalePlan that is reviewed, or whose namespace is deleted, goes with
 * its approval.
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
      resourceRules: [{ ...plans, operations: ['CREATE', 'UPDATE', 'DELETE'] }],
      variables: [
        { name: 'gives', expression: 'object != null && has(object.spec.approval)' },
        { name: 'had', expression: 'oldObject != null && has(oldObject.spec.approval)' },
        {
          name: 'isDeletedWithItsUse',
          expression:
            'object == null && (has(namespaceObject.metadata.deletionTimestamp) || (has(oldObject.status) && has(oldObject.status.review)))',
        },
        {
          name: 'changed',
          expression:
            'variables.gives != variables.had || (variables.gives && object.spec.approval != oldObject.spec.approval)',
        },
      ],
      validations: [
        {
          expression: `!variables.changed || variables.isDeletedWithItsUse || ${mayDo('saleplans', 'approve')}`,
          message: 'a change of spec.approval, its removal too, needs the permission to approve saleplans',
          reason: 'Forbidden',
        },
        {
          expression:
            '!variables.changed || !variables.gives || object.spec.approval.approvedBy == request.userInfo.username',
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
  return `authorizer.group('headstart.dev').resource('${resource}').namespace(request.namespace).name(request.name).check('${verb}').allowed()`;
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
