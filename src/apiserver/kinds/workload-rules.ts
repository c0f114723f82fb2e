import { ownValue } from '../../api/names/own-value.ts';
import type { StatusCause } from '../../schema/field-fault.ts';
import { invalidField, requiredField } from '../../schema/field-fault.ts';
import type { Json, JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import { numberIn, objectIn, textIn, withDefaults } from '../objects/json-access.ts';
import type { KindRules } from '../objects/kind-rules.ts';
import { fillPodSpec, podSpecFaults } from './pod-rules.ts';

/** Deployment. @see pkg/apis/apps/{v1/defaults,validation/validation}.go of Kubernetes 1.36 */
export const deploymentRules: KindRules = {
  fillDefaults: object => {
    const spec = withDefaults(objectIn(object, 'spec'), {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    return {
      ...object,
      spec: { ...spec, strategy: fillStrategy(objectIn(spec, 'strategy')), template: fillTemplate(spec) },
    };
  },
  faults: (object, before) => [...workloadFaults(objectIn(object, 'spec'), before && objectIn(before, 'spec'))],
  initialStatus: {},
  blank: { metadata: {}, spec: { selector: null, template: { metadata: {}, spec: {} }, strategy: {} }, status: {} },
};

/** ReplicaSet. */
export const replicaSetRules: KindRules = {
  fillDefaults: object => {
    const spec = withDefaults(objectIn(object, 'spec'), { replicas: 1 });
    return { ...object, spec: { ...spec, template: fillTemplate(spec) } };
  },
  faults: (object, before) => [...workloadFaults(objectIn(object, 'spec'), before && objectIn(before, 'spec'))],
  initialStatus: { replicas: 0 },
  blank: { metadata: {}, spec: { selector: null, template: { metadata: {}, spec: {} } }, status: {} },
};

/** StatefulSet: stored and scaled, but no controller of the sandbox runs its pods. */
export const statefulSetRules: KindRules = {
  fillDefaults: object => {
    const spec = withDefaults(objectIn(object, 'spec'), {
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
    });
    const retention = withDefaults(objectIn(spec, 'persistentVolumeClaimRetentionPolicy'), {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
    return {
      ...object,
      spec: {
        ...spec,
        persistentVolumeClaimRetentionPolicy: retention,
        updateStrategy: fillUpdateStrategy(objectIn(spec, 'updateStrategy')),
        template: fillTemplate(spec),
      },
    };
  },
  faults: (object, before) => [...workloadFaults(objectIn(object, 'spec'), before && objectIn(before, 'spec'))],
  initialStatus: { availableReplicas: 0, replicas: 0 },
  blank: {
    metadata: {},
    spec: { selector: null, template: { metadata: {}, spec: {} }, updateStrategy: {} },
    status: {},
  },
};

/** Fills in the update strategy; a strategy stated without `rollingUpdate` stays without it. */
function fillUpdateStrategy(strategy: JsonObject): JsonObject {
  const filled = strategy.type === undefined ? { rollingUpdate: {}, ...strategy, type: 'RollingUpdate' } : strategy;
  if (filled.type !== 'RollingUpdate' || filled.rollingUpdate === undefined) return filled;
  return { ...filled, rollingUpdate: withDefaults(objectIn(filled, 'rollingUpdate'), { partition: 0 }) };
}

function fillStrategy(strategy: JsonObject): JsonObject {
  const filled = withDefaults(strategy, { type: 'RollingUpdate' });
  if (filled.type !== 'RollingUpdate') return filled;
  const limits = { maxUnavailable: '25%', maxSurge: '25%' };
  return { ...filled, rollingUpdate: withDefaults(objectIn(filled, 'rollingUpdate'), limits) };
}

function fillTemplate(spec: JsonObject): Json {
  const template = objectIn(spec, 'template');
  return { ...template, metadata: objectIn(template, 'metadata'), spec: fillPodSpec(objectIn(template, 'spec')) };
}

function* workloadFaults(spec: JsonObject, before: JsonObject | undefined): Generator<StatusCause> {
  const replicas = numberIn(spec, 'replicas') ?? 0;
  if (replicas < 0) yield invalidField('spec.replicas', replicas, 'must be greater than or equal to 0');
  const selector = objectIn(spec, 'selector');
  if (spec.selector === undefined) yield requiredField('spec.selector');
  else if (Object.keys(selector).length === 0) {
    yield invalidField('spec.selector', selector, 'empty selector is invalid for deployment');
  }
  const template = objectIn(spec, 'template');
  const labels = objectIn(objectIn(template, 'metadata'), 'labels');
  const isSelected = Object.entries(objectIn(selector, 'matchLabels')).every(
    ([key, value]) => ownValue(labels, key) === value,
  );
  if (!isSelected) {
    yield invalidField('spec.template.metadata.labels', labels, '`selector` does not match template `labels`');
  }
  yield* podSpecFaults(objectIn(template, 'spec'), 'spec.template.spec');
  const restartPolicy = textIn(objectIn(template, 'spec'), 'restartPolicy');
  if (restartPolicy !== 'Always') {
    const message = `Unsupported value: ${JSON.stringify(restartPolicy)}: supported values: "Always"`;
    yield { reason: 'FieldValueNotSupported', field: 'spec.template.spec.restartPolicy', message };
  }
  if (before !== undefined && !isSameJson(before.selector, spec.selector)) {
    yield invalidField('spec.selector', selector, 'field is immutable');
  }
}
