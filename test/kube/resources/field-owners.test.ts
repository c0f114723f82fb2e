import { describe, expect, test } from 'vitest';
import { listFieldOwners, type ManagedFields } from '../../../src/kube/resources/field-owners.ts';

const entry = (manager: string, time: string, fields: object): ManagedFields => ({
  manager,
  time: `2026-11-27T${time}Z`,
  fieldsV1: fields,
});
const replicas = { 'f:spec': { 'f:replicas': {} } };

describe('the owners of a field', () => {
  test.each<[string, readonly ManagedFields[] | undefined, readonly string[]]>([
    ['nobody when nothing is managed', undefined, []],
    ['not who owns its neighbour', [entry('kubectl', '10:00:00', { 'f:spec': { 'f:template': {} } })], []],
    [
      'newest first',
      [entry('argocd', '10:00:00', replicas), entry('headstart', '11:00:00', replicas)],
      ['headstart', 'argocd'],
    ],
    [
      'each once, at its newest time',
      [
        entry('kubectl', '12:00:00', replicas),
        entry('argocd', '11:00:00', replicas),
        entry('kubectl', '10:00:00', replicas),
      ],
      ['kubectl', 'argocd'],
    ],
    [
      'at the same second a doubt does not count for us',
      [entry('headstart', '10:00:00', replicas), entry('kubectl', '10:00:00', replicas)],
      ['kubectl', 'headstart'],
    ],
    ['also without a time or a name', [{ fieldsV1: replicas }], ['unknown']],
    [
      'and garbage owns nothing',
      [
        { manager: 'a', fieldsV1: 'f:spec' },
        { manager: 'b', fieldsV1: null },
      ],
      [],
    ],
  ])('%s', (_, managedFields, owners) => {
    const listed = listFieldOwners(managedFields, [['spec', 'replicas']], 'headstart');
    expect(listed.map(owner => owner.manager)).toEqual(owners);
  });
});
