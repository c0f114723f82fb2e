import path from 'node:path';
import { expect, test } from 'vitest';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { readSourceFiles, sourceRoots } from '../support/house/source-files.ts';

const mostLines = 200;
const mostFiles = 25;

/** Files that were longer when the rule was introduced, with their lines rounded up to tens. */
const longFiles = [
  'src/apiserver/store/collection.ts: up to 220 lines',
  'src/kube/http/http-transport.ts: up to 250 lines',
  'src/kube/watch/reflector.ts: up to 370 lines',
  'src/operator/restore-all.ts: up to 210 lines',
  'test/charts/facts.test.ts: up to 410 lines',
  'test/charts/facts/alerts/alerts.test.ts: up to 290 lines',
  'test/cli/plan.test.ts: up to 430 lines',
  'test/cluster/control-plane.test.ts: up to 310 lines',
  'test/cluster/judge/judge.test.ts: up to 300 lines',
  'test/cluster/marketplace-sale.test.ts: up to 370 lines',
  'test/cluster/one-real-sale.test.ts: up to 360 lines',
  'test/contracts/kube-client.ts: up to 310 lines',
  'test/contracts/kubernetes-api/rows/apply.ts: up to 340 lines',
  'test/contracts/kubernetes-api/rows/objects.ts: up to 260 lines',
  'test/contracts/kubernetes-api/rows/schemas.ts: up to 220 lines',
  'test/kube/http/http-transport.test.ts: up to 260 lines',
  'test/kube/http/kube-config.test.ts: up to 210 lines',
  'test/kube/http/kubeconfig/identities.test.ts: up to 330 lines',
  'test/kube/watch/reflector.test.ts: up to 260 lines',
  'test/kube/watch/cache-check.test.ts: up to 270 lines',
  'test/observe/metrics/prometheus.test.ts: up to 270 lines',
  'test/plan/invariants.test.ts: up to 340 lines',
  'test/sandbox/controllers/controller-manager.test.ts: up to 220 lines',
  'test/simulate/hpa.test.ts: up to 250 lines',
  'test/support/shop/sandbox-shop.ts: up to 360 lines',
  'test/validate/validate-manifests.test.ts: up to 520 lines',
];

/** Lists of data, which grow by one entry per item. */
const dataFiles = ['charts/facts/services.ts'];

/** Folders that were fuller when the rule was introduced, with their files rounded up to fives. */
const fullFolders: readonly string[] = [];

const files = readSourceFiles([...sourceRoots, 'test']);

test(`no file has more than ${mostLines} lines`, () => {
  const found = files
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > mostLines && !dataFiles.includes(file))
    .map(({ file, lines }) => `${file}: up to ${roundUp(lines, 10)} lines`);
  expectOnlyTolerated(
    `A file of more than ${mostLines} lines is not read to its end: move a part that has a name of its own to a file of that name.`,
    found,
    longFiles,
  );
});

test(`no folder has more than ${mostFiles} TypeScript files`, () => {
  const found = [...Map.groupBy(files, ({ file }) => path.dirname(file))]
    .filter(([, inside]) => inside.length > mostFiles)
    .map(([folder, inside]) => `${folder}: up to ${roundUp(inside.length, 5)} files`);
  expectOnlyTolerated(
    `A folder of more than ${mostFiles} files tells no story: give those that belong together a folder named after what they do.`,
    found,
    fullFolders,
  );
});

test('the list of sizes is read from the files that are there', () => {
  expect(files.length).toBeGreaterThan(400);
});

function roundUp(count: number, to: number): number {
  return Math.ceil(count / to) * to;
}
