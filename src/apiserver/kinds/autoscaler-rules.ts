import { ownValue } from '../../api/names/own-value.ts';
import type { StatusCause } from '../../schema/field-fault.ts';
import { childPath, forbiddenField, invalidField, requiredField, unsupportedField } from '../../schema/field-fault.ts';
import type { Json, JsonObject } from '../../schema/json.ts';
import { numberIn, objectIn, objectsIn, textIn, withDefaults } from '../objects/json-access.ts';
import type { KindRules } from '../objects/kind-rules.ts';

/** HorizontalPodAutoscaler v2. @see pkg/apis/autoscaling/{v2/defaults,validation/validation}.go of Kubernetes 1.36 */
export const autoscalerRules: KindRules = {
  fillDefaults,
  faults: (object, before) => [...specFaults(objectIn(object, 'spec'), before && objectIn(before, 'spec'))],
  initialStatus: { currentMetrics: null, desiredReplicas: 0 },
  blank: { metadata: {}, spec: { scaleTargetRef: { kind: '', name: '' }, maxReplicas: 0 }, status: {} },
};

const cpuAt80Percent: Json = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
];
const scaleUpRules: Readonly<Record<string, Json>> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const scaleDownRules: Readonly<Record<string, Json>> = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};
const sources: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

function fillDefaults(object: JsonObject): JsonObject {
  const spec = withDefaults(objectIn(object, 'spec'), { minReplicas: 1, metrics: cpuAt80Percent });
  const metrics = objectsIn(spec, 'metrics').length === 0 ? cpuAt80Percent : (spec.metrics ?? null);
  const behavior = spec.behavior === undefined ? {} : { behavior: fillBehavior(objectIn(spec, 'behavior')) };
  return { ...object, spec: { ...spec, metrics, ...behavior } };
}

function fillBehavior(behavior: JsonObject): JsonObject {
  return {
    ...behavior,
    scaleUp: withDefaults(objectIn(behavior, 'scaleUp'), scaleUpRules),
    scaleDown: withDefaults(objectIn(behavior, 'scaleDown'), scaleDownRules),
  };
}

function* specFaults(spec: JsonObject, before: JsonObject | undefined): Generator<StatusCause> {
  const [min, max] = [numberIn(spec, 'minReplicas'), numberIn(spec, 'maxReplicas') ?? 0];
  const lowest = before !== undefined && before.minReplicas === 0 ? 0 : 1;
  if (min !== undefined && min < lowest) {
    yield invalidField('spec.minReplicas', min, `must be greater than or equal to ${lowest}`);
  }
  if (max === 0) yield requiredField('spec.maxReplicas', 'must be set and greater than 0');
  else if (max < 0) yield invalidField('spec.maxReplicas', max, 'must be greater than or equal to 1');
  if (min !== undefined && max < min) {
    yield invalidField('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`');
  }
  yield* referenceFaults(objectIn(spec, 'scaleTargetRef'), before && objectIn(before, 'scaleTargetRef'));
  for (const [index, metric] of objectsIn(spec, 'metrics').entries()) {
    yield* metricFaults(metric, `spec.metrics[${index}]`);
  }
  for (const direction of ['scaleUp', 'scaleDown']) {
    const rules = objectIn(objectIn(spec, 'behavior'), direction);
    if (Object.keys(rules).length > 0) yield* scalingRuleFaults(rules, `spec.behavior.${direction}`);
  }
}

function* referenceFaults(reference: JsonObject, before: JsonObject | undefined): Generator<StatusCause> {
  const path = 'spec.scaleTargetRef';
  for (const field of ['kind', 'name']) if (textIn(reference, field) === '') yield requiredField(`${path}.${field}`);
  const isUnchanged =
    before !== undefined && before.apiVersion === reference.apiVersion && before.kind === reference.kind;
  const apiVersion = textIn(reference, 'apiVersion');
  if (!isUnchanged && !apiVersion.includes('/') && reference.kind !== 'ReplicationController') {
    yield invalidField(`${path}.apiVersion`, apiVersion, 'apiVersion must specify API group');
  }
}

function* metricFaults(metric: JsonObject, path: string): Generator<StatusCause> {
  const type = textIn(metric, 'type');
  const source = ownValue(sources, type);
  if (type === '') yield requiredField(`${path}.type`, 'must specify a metric source type');
  if (source === undefined) {
    yield unsupportedField(`${path}.type`, type, Object.keys(sources));
    return;
  }
  if (ownValue(metric, source) === undefined) {
    yield requiredField(`${path}.${source}`, 'must populate information for the given metric source');
  } else yield* targetFaults(objectIn(objectIn(metric, source), 'target'), `${path}.${source}.target`);
  for (const other of Object.values(sources)) {
    if (other !== source && ownValue(metric, other) !== undefined) {
      yield forbiddenField(`${path}.${other}`, 'must populate the given metric source only');
    }
  }
}

function* targetFaults(target: JsonObject, path: string): Generator<StatusCause> {
  const type = textIn(target, 'type');
  if (type === '') yield requiredField(childPath(path, 'type'), 'must specify a metric target type');
  if (!['Utilization', 'Value', 'AverageValue'].includes(type)) {
    yield invalidField(childPath(path, 'type'), type, 'must be either Utilization, Value, or AverageValue');
  }
  const utilization = numberIn(target, 'averageUtilization');
  if (utilization !== undefined && utilization < 1) {
    yield invalidField(childPath(path, 'averageUtilization'), utilization, 'must be greater than 0');
  }
}

function* scalingRuleFaults(rules: JsonObject, path: string): Generator<StatusCause> {
  const seconds = numberIn(rules, 'stabilizationWindowSeconds') ?? 0;
  const windowPath = `${path}.stabilizationWindowSeconds`;
  if (seconds < 0) yield invalidField(windowPath, seconds, 'must be greater than or equal to zero');
  if (seconds > 3600) yield invalidField(windowPath, seconds, 'must be less than or equal to 3600');
  const select = textIn(rules, 'selectPolicy');
  if (!['Disabled', 'Max', 'Min'].includes(select)) {
    yield unsupportedField(`${path}.selectPolicy`, select, ['Disabled', 'Max', 'Min']);
  }
  const policies = objectsIn(rules, 'policies');
  if (policies.length === 0) yield requiredField(`${path}.policies`, 'must specify at least one Policy');
  for (const [index, policy] of policies.entries()) yield* policyFaults(policy, `${path}.policies[${index}]`);
}

function* policyFaults(policy: JsonObject, path: string): Generator<StatusCause> {
  const type = textIn(policy, 'type');
  if (type !== 'Pods' && type !== 'Percent') yield unsupportedField(`${path}.type`, type, ['Percent', 'Pods']);
  const value = numberIn(policy, 'value') ?? 0;
  if (value <= 0) yield invalidField(`${path}.value`, value, 'must be greater than zero');
  const seconds = numberIn(policy, 'periodSeconds') ?? 0;
  if (seconds <= 0) yield invalidField(`${path}.periodSeconds`, seconds, 'must be greater than zero');
  if (seconds > 1800) yield invalidField(`${path}.periodSeconds`, seconds, 'must be less than or equal to 1800');
}
