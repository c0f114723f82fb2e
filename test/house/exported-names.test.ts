import { expect, test } from 'vitest';
import { exportedNames, namesDeclaredTwice } from '../support/house/exported-names.ts';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { readSourceFiles, sourceRoots } from '../support/house/source-files.ts';

/** Names that had two meanings when the rule came. */
const twoMeanings = [
  'Applied: src/apiserver/fields/apply-object.ts, src/apply/applied.ts',
  'Autoscaler: src/apply/read-autoscaler.ts, src/sandbox/controllers/workload-objects.ts',
  'Call: charts/facts/call-graph.ts, src/kube/http/transport.ts, src/plan/accept/call-graph.ts',
  'Change: src/kube/watch/object-cache.ts, src/simulate/step-series.ts',
  'DeleteOptions: src/apiserver/write/delete-object.ts, src/kube/resources/resource-options.ts',
  'Facts: charts/facts/facts-schema.ts, src/operator/telemetry/log.ts',
  'FieldPath: src/apiserver/fields/field-set.ts, src/validate/manifest-object.ts',
  'KubeObject: src/apiserver/objects/kube-object.ts, src/kube/resources/wire.ts',
  'Manifest: src/cli/files/read-manifests.ts, src/sandbox/run/sandbox-scenario.ts',
  'ManifestFiles: charts/synthesize.ts, src/validate/read-objects.ts',
  'ManifestObject: charts/manifest-chart.ts, src/validate/manifest-object.ts',
  'Operator: charts/constructs/operator/operator.ts, src/operator/start-operator.ts',
  'Part: forecasts/explanation.ts, src/plan/demand/curve.ts',
  'Scale: forecasts/series/log-scale.ts, src/report/scale.ts',
  'ScalingPolicy: charts/constructs/environment/scaling-policy.ts, src/api/scaling-policy.ts',
  'Unreadable: src/observe/observation.ts, src/validate/manifest-object.ts',
  'Workload: charts/constructs/services/workload.ts, src/sandbox/controllers/workload-objects.ts',
  'WriteOptions: src/apiserver/write/write-options.ts, src/kube/resources/resource-options.ts',
  'WritePace: src/apply/write-pace.ts, src/simulate/write-pace.ts',
  'apiVersionOf: src/apiserver/objects/resource-definition.ts, src/kube/resources/resource-kind.ts',
  'autoscalers: src/kube/resources/resource-kind.ts, src/sandbox/controllers/workload-objects.ts',
  'callGraph: charts/facts/call-graph.ts, src/plan/accept/call-graph.ts',
  'deployments: src/kube/resources/resource-kind.ts, src/sandbox/controllers/workload-objects.ts',
  'forecastChart: src/cli/forecast/forecast-chart.ts, src/report/sale-charts.ts',
  'formatSpan: forecasts/format-span.ts, src/cli/forecast/forecast-options.ts',
  'holdLive: src/plan/bounds/target-decision.ts, src/plan/floor/replicas/hold-live.ts',
  'listFiles: charts/list-files.ts, src/cli/files/list-files.ts',
  'reach: forecasts/ensemble/residuals/residual-features.ts, src/plan/accept/call-graph.ts',
  'replicaSets: src/kube/resources/resource-kind.ts, src/sandbox/controllers/workload-objects.ts',
  'totalDemand: forecasts/total-demand.ts, src/plan/demand/fan-out.ts',
  'valueAt: src/apiserver/objects/json-path.ts, src/review/value-at.ts',
];

test('no exported name is declared in two files', () => {
  expectOnlyTolerated(
    'A name that means two things sends its reader to the wrong file: rename one after what sets it apart.',
    namesDeclaredTwice(readSourceFiles(sourceRoots)),
    twoMeanings,
  );
});

test('a name is seen however it is declared, and not where it is passed on or only mentioned', () => {
  const text = [
    "export { passedOn } from './other.ts';",
    '/** export const mentioned */',
    'export const one = 1;',
    'export async function two() {}',
    'export abstract class Three {}',
    'export interface Four {}',
    'export type Five = 5;',
    'export function* six() {}',
    'const hidden = 7;',
  ].join('\n');
  expect(exportedNames({ file: 'a.ts', text })).toEqual(['one', 'two', 'Three', 'Four', 'Five', 'six']);
});
