import { expect, test } from 'vitest';
import { exportedNames, namesDeclaredTwice } from '../support/house/exported-names.ts';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { readSourceFiles, sourceRoots } from '../support/house/source-files.ts';

/** Names that had two meanings when the rule was introduced. */
const twoMeanings = [
  'Facts: charts/facts/facts-schema.ts, src/operator/telemetry/log.ts',
  'FieldPath: src/apiserver/fields/field-set.ts, src/manifests/yaml-document.ts',
  'KubeObject: src/apiserver/objects/kube-object.ts, src/kube/resources/wire.ts',
  'ManifestFiles: charts/synthesize.ts, src/validate/read-objects.ts',
  'ManifestObject: charts/manifest-chart.ts, src/manifests/manifest-object.ts',
  'Unreadable: src/manifests/manifest-object.ts, src/observe/observation.ts',
  'describeIssue: charts/facts/problems/describe-issue.ts, src/api/faults/describe-issue.ts',
  'didYouMean: charts/facts/problems/closest-word.ts, src/api/faults/closest-word.ts',
  'formatFaults: src/cli/files/read-manifests.ts, src/schema/value-faults.ts',
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
