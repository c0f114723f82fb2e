import { expect, test } from 'vitest';
import { versionFaults } from '../../../charts/release/version-faults.ts';

const parts = {
  packageJson: '1.2.3',
  packageLock: '1.2.3',
  chart: '1.2.3',
  chartApp: '1.2.3',
  image: 'ghcr.io/a/headstart:1.2.3',
  krew: 'v1.2.3',
};
const changelog = '# Changelog\n\n## 1.2.3 (2026-11-30)\n';

test('parts of one version agree, with a tag and without', () => {
  expect(versionFaults(parts, '')).toEqual([]);
  expect(versionFaults(parts, changelog, 'v1.2.3')).toEqual([]);
});

test.each([
  ['packageLock', '1.2.2', 'package-lock.json is 1.2.2, package.json 1.2.3'],
  ['chart', '1.2.2', 'the chart is 1.2.2, package.json 1.2.3'],
  ['chartApp', '1.2.2', "the chart's appVersion is 1.2.2, package.json 1.2.3"],
  ['image', 'registry:5000/a/headstart:1.2.2', "the image's tag is 1.2.2, package.json 1.2.3"],
  ['krew', 'v1.2.2', 'the krew manifest is 1.2.2, package.json 1.2.3'],
] as const)('%s of another version is named', (part, value, fault) => {
  expect(versionFaults({ ...parts, [part]: value }, changelog, 'v1.2.3')).toEqual([fault]);
});

test('a tag needs its own version and a heading of the changelog', () => {
  expect(versionFaults(parts, '## Unreleased\n## 1.2.30\n', 'v1.2.4')).toEqual([
    'the tag is v1.2.4, package.json 1.2.3: it must be v1.2.3',
    'CHANGELOG.md has no heading "## 1.2.3": rename "## Unreleased"',
  ]);
});
