import type { StatusCause } from '../../schema/field-fault.ts';
import { invalidField, requiredField, unsupportedField } from '../../schema/field-fault.ts';
import type { JsonObject } from '../../schema/json.ts';
import { objectIn, objectsIn, textIn, withDefaults } from '../objects/json-access.ts';
import type { KindRules } from '../objects/kind-rules.ts';

/**
 * Pod, with the rules that a cluster without kubelets needs.
 *
 * @see pkg/apis/core/{v1/defaults,validation/validation}.go
 */
export const podRules: KindRules = {
  fillDefaults: object => {
    const spec = withDefaults(fillPodSpec(objectIn(object, 'spec')), { enableServiceLinks: true });
    return { ...object, spec };
  },
  faults: object => [...podSpecFaults(objectIn(object, 'spec'), 'spec')],
  initialStatus: { phase: 'Pending', qosClass: 'BestEffort' },
  blank: { metadata: {}, spec: {}, status: {} },
};

/** Fills in the defaults of a pod's spec, in a Pod or in a workload's template. */
export function fillPodSpec(spec: JsonObject): JsonObject {
  return {
    ...withDefaults(spec, {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    }),
    containers: objectsIn(spec, 'containers').map(fillContainer),
  };
}

export function* podSpecFaults(spec: JsonObject, path: string): Generator<StatusCause> {
  const containers = objectsIn(spec, 'containers');
  if (containers.length === 0) yield requiredField(`${path}.containers`);
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = `${path}.containers[${index}]`;
    const name = textIn(container, 'name');
    if (name === '') yield requiredField(`${at}.name`);
    else if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) yield invalidField(`${at}.name`, name, labelMessage);
    if (names.has(name))
      yield { reason: 'FieldValueDuplicate', field: `${at}.name`, message: `Duplicate value: "${name}"` };
    names.add(name);
    if (textIn(container, 'image') === '') yield requiredField(`${at}.image`);
  }
  const restartPolicy = textIn(spec, 'restartPolicy');
  const known = ['Always', 'Never', 'OnFailure'];
  if (!known.includes(restartPolicy)) yield unsupportedField(`${path}.restartPolicy`, restartPolicy, known);
}

const labelMessage =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

function fillContainer(container: JsonObject): JsonObject {
  const image = textIn(container, 'image');
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1] ?? 'latest';
  const ports = objectsIn(container, 'ports').map(port => withDefaults(port, { protocol: 'TCP' }));
  return {
    ...withDefaults(container, {
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: tag === 'latest' ? 'Always' : 'IfNotPresent',
    }),
    ...(ports.length === 0 ? {} : { ports }),
  };
}
