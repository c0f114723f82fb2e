import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const apiVersion = 'admissionregistration.k8s.io/v1';
const name = 'headstart-freeze';
const key = 'headstart.dev/break-glass';
const since = 'params.status.freeze.since';
const until = 'params.status.freeze.until';

/** CEL: the template of the pods is another than before; replicas, labels of the workload and the rest may change. */
const changesTemplate =
  'has(object.spec.template) != has(oldObject.spec.template) || (has(object.spec.template) && object.spec.template != oldObject.spec.template)';

/** CEL: the operator says that a window is open. */
const isFlagged = [
  'has(params.status) && has(params.status.freeze) && params.status.freeze.active',
  `has(${since}) && has(${until})`,
].join(' && ');

/**
 * CEL: the request comes after the end of the window, so that a flag which a dead operator left behind holds nothing.
 * CEL has no clock, but the API server stamps the fields that a request changes with its own.
 */
const isOver = `has(object.metadata.managedFields) && object.metadata.managedFields.exists(one, has(one.time) && timestamp(one.time) >= timestamp(${until}))`;

/**
 * CEL: an annotation names this window and a reason. One that stood before the request counts too, because `kubectl
 * rollout undo` puts back the annotations of the old revision.
 *
 * @see https://github.com/kubernetes/kubectl/blob/v0.35.0/pkg/polymorphichelpers/rollback.go
 */
const breaksGlass = `[object, oldObject].exists(one, has(one.metadata.annotations) && '${key}' in one.metadata.annotations && one.metadata.annotations['${key}'].startsWith(${since} + ' ') && one.metadata.annotations['${key}'].substring(size(${since})).trim() != '')`;

const around =
  "(has(params.status.freeze.windows) && params.status.freeze.windows.size() > 0 ? ' around ' + params.status.freeze.windows[0].sales.join(', ') : '')";

/**
 * Holds the pod templates of a namespace while the status of its ScalingPolicy says that a freeze window is open.
 * Scaling, and whatever else is no template, passes; so does everything where the policy is missing or cannot be read,
 * since a guard of sales must not stop all deployments of a cluster.
 */
export class FreezeGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, 'policy', {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Ignore',
        paramKind: { apiVersion: 'headstart.dev/v1alpha1', kind: 'ScalingPolicy' },
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['apps'],
              apiVersions: ['v1'],
              resources: ['deployments', 'statefulsets', 'daemonsets'],
              operations: ['UPDATE'],
            },
            { apiGroups: ['argoproj.io'], apiVersions: ['v1alpha1'], resources: ['rollouts'], operations: ['UPDATE'] },
          ],
        },
        matchConditions: [{ name: 'changes-the-pod-template', expression: changesTemplate }],
        variables: [
          { name: 'isFrozen', expression: `${isFlagged} && !(${isOver})` },
          { name: 'breaksGlass', expression: `variables.isFrozen && ${breaksGlass}` },
        ],
        validations: [
          {
            expression: '!variables.isFrozen || variables.breaksGlass',
            messageExpression: `'pod templates in ' + request.namespace + ' are frozen until ' + ${until} + ${around} + '. In need: kubectl annotate -n ' + request.namespace + ' ' + request.resource.resource + ' ' + request.name + ' --overwrite ${key}="' + ${since} + ' WHY"'`,
            message: 'pod templates are frozen around a sale',
            reason: 'Forbidden',
          },
        ],
        auditAnnotations: [
          {
            key: 'break-glass',
            valueExpression: `variables.breaksGlass ? 'template changed in the freeze since ' + ${since} : ''`,
          },
        ],
      },
    });
    new ApiObject(this, 'binding', {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        // No namespace: the policy of the namespace that the workload is in.
        paramRef: { name: 'default', parameterNotFoundAction: 'Allow' },
      },
    });
  }
}
