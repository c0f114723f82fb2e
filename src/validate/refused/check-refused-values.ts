import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { isBuiltInGroup } from '../../schema/built-in-kinds.ts';
import type { Remark, Rule } from '../finding.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';
import { dataFaults } from './data-faults.ts';
import { refusedBy } from './field-rules.ts';
import { kindExclusions } from './kind-exclusions.ts';
import { kindFieldRules } from './kind-field-rules.ts';
import { metricFaults } from './metric-faults.ts';
import { podExclusions } from './pod-exclusions.ts';
import { podFaults } from './pod-faults.ts';
import { podFieldRules } from './pod-field-rules.ts';
import { policyRuleFaults } from './policy-rule-faults.ts';
import type { RefusedValue } from './refused-value.ts';
import { rolloutFaults } from './rollout-faults.ts';
import { scalingFaults } from './scaling-faults.ts';
import { scheduleFaults } from './schedule-faults.ts';
import { secretFaults } from './secret-faults.ts';
import { selectorFaults } from './selector-faults.ts';
import { serviceFaults } from './service-faults.ts';
import { servicePortFaults } from './service-port-faults.ts';

const findFaults: readonly ((object: ManifestObject) => readonly RefusedValue[])[] = [
  ownFieldFaults,
  servicePortFaults,
  serviceFaults,
  dataFaults,
  secretFaults,
  rolloutFaults,
  scalingFaults,
  metricFaults,
  scheduleFaults,
  policyRuleFaults,
  selectorFaults,
  kindExclusions,
];

/** Checks values that a schema lets through and the API server's own validation refuses. */
export const checkRefusedValues: Rule = {
  code: 'refused-value',
  check: objects => [
    ...objects.flatMap(object =>
      findFaults.flatMap(find => find(object)).map((fault): Remark => ({ object, ...fault })),
    ),
    ...podFaults(objects),
    ...podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      [...refusedBy(podFieldRules, spec), ...podExclusions(spec)].map(
        ({ field, message }): Remark => ({ object, field: [...at, ...field], message }),
      ),
    ),
  ],
};

/** Kinds of another project whose fields are checked, too: what is written to them is published with them. */
const gateway = 'gateway.networking.k8s.io/';

function ownFieldFaults({ apiVersion, kind, value }: ManifestObject): readonly RefusedValue[] {
  const isChecked = isBuiltInGroup(apiVersion) || apiVersion.startsWith(gateway);
  return isChecked ? refusedBy(kindFieldRules.get(kind) ?? [], value) : [];
}
