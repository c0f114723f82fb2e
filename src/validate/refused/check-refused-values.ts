import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { dataFaults } from './data-faults.ts';
import { podFaults } from './pod-faults.ts';
import type { RefusedValue } from './refused-value.ts';
import { rolloutFaults } from './rollout-faults.ts';
import { scalingFaults } from './scaling-faults.ts';
import { servicePortFaults } from './service-port-faults.ts';

const findFaults: readonly ((object: ManifestObject) => readonly RefusedValue[])[] = [
  servicePortFaults,
  dataFaults,
  rolloutFaults,
  scalingFaults,
];

/** Checks values that a schema lets through and the API server's own validation refuses. */
export const checkRefusedValues: Rule = {
  code: 'refused-value',
  check: objects => [
    ...objects.flatMap(object =>
      findFaults.flatMap(find => find(object)).map((fault): Remark => ({ object, ...fault })),
    ),
    ...podFaults(objects),
  ],
};
