import { describe, expect, test } from 'vitest';
import { isStatusDue } from '../../src/apply/reports/status-cadence.ts';
import { statusPatch } from '../../src/apply/reports/status-patch.ts';
import type { UnparsedObject } from '../../src/kube/resources/wire.ts';
import { readPolicy } from '../../src/observe/read-object.ts';
import { otherReports } from '../../src/operator/other-reports.ts';
import { planOf } from '../support/shop/apply-planned.ts';
import { type Given, observationOf } from '../support/shop/planned-namespace.ts';

const given: Given = { now: '2026-11-27T18:00:00Z', targets: {} };
const conditions = [
  { type: 'Accepted', status: 'True', reason: 'Accepted', message: '', lastTransitionTime: '2026-11-01T00:00:00Z' },
];

/** The freeze of the patch that a policy without a freeze and with this status gets; undefined while none is due. */
function patchedFreeze(status: object, spec: object = {}): unknown {
  const raw: UnparsedObject = {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingPolicy',
    metadata: { name: 'default', namespace: 'shop', uid: 'policy-uid', generation: 3 },
    spec,
    status,
  };
  const reports = otherReports(observationOf(given), planOf(given).plan, [readPolicy(raw)]);
  const composed = reports.find(({ kind }) => kind.kind === 'ScalingPolicy')?.composed;
  if (composed === undefined) return 'not reported';
  const { before, after } = composed;
  const now = Date.parse(given.now);
  if (!isStatusDue({ before, after, now, sentAt: now, cadenceMs: 3_600_000 })) return undefined;
  return statusPatch({ ...before }, { ...after })?.freeze;
}

describe('a freeze that is left in the status of a policy is cleared once its spec states none', () => {
  test.each<[string, unknown]>([
    ['open', { active: true, since: '2026-11-27T17:00:00Z', until: '2026-11-27T19:00:00Z', windows: [] }],
    ['open without an end', { active: true, windows: [] }],
    ['with a time that is none', { active: true, until: 'tomorrow', windows: [] }],
    ['without windows', { active: true }],
    ['no object', 'on'],
  ])('%s', (_title, freeze) => {
    expect(patchedFreeze({ conditions, freeze })).toBeNull();
    expect(patchedFreeze({ freeze })).toBeNull();
  });

  test('and where there is none, nothing is cleared', () => {
    expect(patchedFreeze({ conditions })).toBeUndefined();
    expect(patchedFreeze({})).toBeUndefined();
  });
});
