import { describe, expect, test } from 'vitest';
import { describeGitOwner, refuseGitOwned } from '../../../src/cli/changes/git-owner.ts';

const owned = (manager: string, fieldsV1: object) => ({
  metadata: { name: 'drop', managedFields: [{ manager, time: '2026-11-27T19:00:00Z', fieldsV1 }] },
});
const change = { what: 'FlashSale shop/drop', path: ['spec', 'cancelled'], value: true };
const spec = { 'f:spec': { 'f:cancelled': {} } };

describe('a field that Git keeps', () => {
  test.each([
    ['argocd-controller', 'Argo CD'],
    ['argocd-application-controller', 'Argo CD'],
    ['kustomize-controller', 'Flux'],
    ['helm-controller', 'Flux'],
    ['fleet-agent', 'Fleet'],
  ])('of %s is refused with the change to make there', (manager, tool) => {
    expect(() => refuseGitOwned(owned(manager, spec), change, { force: false, canForce: true })).toThrow(
      `FlashSale shop/drop: spec.cancelled is kept in Git by ${tool} (${manager}), which would put it back. Change it there:\n\n  spec:\n    cancelled: true\n\n--force sets it here all the same, until the next sync.`,
    );
  });

  test('is set when it is forced, and told', () => {
    const told = refuseGitOwned(owned('kustomize-controller', spec), change, { force: true, canForce: true });
    expect(told).toContain('is kept in Git by Flux');
  });

  test.each([
    ['another field of the object', 'argocd-controller', { 'f:spec': { 'f:startTime': {} } }],
    ['nothing of the field, since a person set it', 'kubectl', spec],
  ])('is not %s', (_, manager, fields) => {
    expect(describeGitOwner(owned(manager, fields), change)).toBeUndefined();
  });
});
