import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const apiVersion = 'admissionregistration.k8s.io/v1';
const sales = { apiGroups: ['headstart.dev'], apiVersions: ['v1alpha1'], resources: ['flashsales'] };
const emergencies = {
  apiGroups: ['headstart.dev'],
  apiVersions: ['v1alpha1'],
  resources: ['scalingpolicies', 'scalingtargets'],
};
const plans = { apiGroups: ['headstart.dev'], apiVersions: ['v1alpha1'], resources: ['saleplans'] };

export interface AdmissionProps {
  /** A stated peak above this percentage needs the permission `announce-large`. @default 2000 */
  readonly largePeakPercent?: number;
}

/**
 * Admission policies for what RBAC cannot express: who may announce a large sale, in whose name
 * an emergency is stated, who may give, change or remove an
 * approval, and that it carries the name of its writer. The operator counts no approval while `headstart-approvals` is
 * not in force (src/observe/approval-guard.ts). A SalePlan that is reviewed, or whose namespace is deleted, goes with
 * its approval.
 */
export class Admission extends Construct {
  constructor(scope: Construct, id: string, { largePeakPercent = 2000 }: AdmissionProps = {}) {
    super(scope, id);
    validate(this, 'headstart-large-sales', {
      resourceRules: [{ ...sales, operations: ['CREATE', 'UPDATE'] }],
      variables: [{ name: 'isNoLarger', expression: isNoLarger }],
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
    validate(this, 'headstart-emergencies', {
      resourceRules: [{ ...emergencies, operations: ['CREATE', 'UPDATE'] }],
      variables: [
        {
          name: 'isNew',
          expression:
            'has(object.spec.emergency) && (oldObject == null || !has(oldObject.spec.emergency) || oldObject.spec.emergency != object.spec.emergency)',
        },
      ],
      validations: [
        {
          expression: '!variables.isNew || object.spec.emergency.requestedBy == request.userInfo.username',
          message: 'spec.emergency.requestedBy must be the user name of its writer',
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

/** CEL: the field is absent, at most the limit, or the same as before in a sale that is no larger than before. */
function isSmall(field: string, most: number): string {
  return `(!has(object.spec.${field}) || object.spec.${field} <= ${most} || (variables.isNoLarger && has(oldObject.spec.${field}) && oldObject.spec.${field} == object.spec.${field}))`;
}

/**
 * CEL: the sale stood before with the same start, dates and entry points, ended no earlier, and is not put in force by
 * this: an old large sale is no permission for a new one.
 */
const isNoLarger = [
  'oldObject != null',
  'object.spec.startTime == oldObject.spec.startTime',
  'timestamp(object.spec.endTime) <= timestamp(oldObject.spec.endTime)',
  ...['timeZone', 'recurrence', 'entryPoints'].map(isSame),
  "(has(object.spec.mode) && object.spec.mode == 'ForecastOnly' || !(has(oldObject.spec.mode) && oldObject.spec.mode == 'ForecastOnly'))",
  '(has(object.spec.cancelled) && object.spec.cancelled || !(has(oldObject.spec.cancelled) && oldObject.spec.cancelled))',
].join(' && ');

/** CEL: an optional field is absent before and now, or has the same value. */
function isSame(field: string): string {
  return `has(object.spec.${field}) == has(oldObject.spec.${field}) && (!has(object.spec.${field}) || object.spec.${field} == oldObject.spec.${field})`;
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
