import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { readSourceFiles } from '../support/house/source-files.ts';

/** Folders of tests that cover several source files: whole behaviour, rules of the repository, a browser, a real control plane, interrupted sales, made-up worlds. */
const storyFolders = ['browser', 'cases', 'cluster', 'crds', 'house', 'interrupted', 'worlds'];

/** Tests named after a story instead of the file that they test, when the rule was introduced. */
const stories = [
  'test/api/encode-status.test.ts',
  'test/api/parse.test.ts',
  'test/apiserver/kubernetes-api.test.ts',
  'test/apply/bounds-on-the-api.test.ts',
  'test/charts/facts.test.ts',
  'test/charts/golden.test.ts',
  'test/charts/locality.test.ts',
  'test/charts/pipeline.test.ts',
  'test/charts/platform-page.test.ts',
  'test/charts/traffic.test.ts',
  'test/cli/forecast-charts.test.ts',
  'test/cli/one-reader.test.ts',
  'test/cli/one-sale.test.ts',
  'test/cli/operator-process.test.ts',
  'test/forecasts/accuracy/accuracy.test.ts',
  'test/forecasts/accuracy/published.test.ts',
  'test/forecasts/ensemble/without-outliers.test.ts',
  'test/forecasts/events/long-steps.test.ts',
  'test/forecasts/events/wild-points.test.ts',
  'test/forecasts/wild-demand.test.ts',
  'test/forecasts/wild-values.test.ts',
  'test/kube/http/kubeconfig/identities.test.ts',
  'test/kube/sandbox.test.ts',
  'test/kube/watch/cache-check.test.ts',
  'test/observe/observe-objects.test.ts',
  'test/operator/bad-neighbours.test.ts',
  'test/operator/faults.test.ts',
  'test/operator/metrics-fail.test.ts',
  'test/operator/one-sale.test.ts',
  'test/operator/other-writers.test.ts',
  'test/operator/reasons.test.ts',
  'test/operator/restored-cluster.test.ts',
  'test/operator/scaled-object.test.ts',
  'test/operator/telemetry/metrics-of-a-sale.test.ts',
  'test/operator/unreadable-target.test.ts',
  'test/plan/invariants.test.ts',
  'test/runbook.test.ts',
];

const tests = readSourceFiles(['test'])
  .map(({ file }) => file)
  .filter(file => file.endsWith('.test.ts') && !storyFolders.includes(file.split('/')[1] ?? ''));

test('every test stands in the folder of what it tests', () => {
  const lost = tests.filter(file => !isFolder(path.dirname(sourceOf(file))));
  expect(lost, 'Move these to the path under test/ that their source has, or to a folder of stories.').toEqual([]);
});

test('every test is named after the file that it tests', () => {
  expectOnlyTolerated(
    'A reader looks for the tests of src/a/b.ts in test/a/b.test.ts: name the test after its source.',
    tests.filter(file => !existsSync(sourceOf(file))),
    stories,
  );
});

/**
 * The source file of a test: `test/plan/a.test.ts` → `src/plan/a.ts`; forecasts and charts are beside src, and what
 * tests stand on is tested where it is.
 */
function sourceOf(file: string): string {
  const [, folder = '', ...rest] = file.replace(/\.test\.ts$/, '.ts').split('/');
  if (folder === 'support') return path.join('test', folder, ...rest);
  return path.join(folder === 'forecasts' || folder === 'charts' ? '' : 'src', folder, ...rest);
}

function isFolder(place: string): boolean {
  return existsSync(place) && statSync(place).isDirectory();
}
