import { expect, test } from 'vitest';
import { withheld } from '../../../../charts/constructs/environment/acted-on.ts';
import { notSupported, unsupportedFields } from '../../../../src/api/not-supported.ts';
import { parseScalingTarget } from '../../../../src/api/scaling-target.ts';
import { parseManifests, synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

test('a field is withheld from the manifests only while the operator does not act on it', () => {
  const unserved = notSupported.map(({ kind, field }) => `${kind} ${field}`);
  expect(withheld.filter(field => !unserved.includes(field))).toEqual([]);
});

test('every ScalingTarget is one that the operator accepts whole', () => {
  const targets = [...synthesizeOwnFacts()]
    .filter(([file]) => file.includes('/scalingtarget.'))
    .flatMap(([, text]) => parseManifests(text).map(parseScalingTarget));
  expect(targets.length).toBeGreaterThan(50);
  expect(targets.flatMap(unsupportedFields)).toEqual([]);
});
