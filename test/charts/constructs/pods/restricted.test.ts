import { describe, expect, test } from 'vitest';
import { parseManifests, podSpecOf, synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const objects = [...synthesizeOwnFacts()]
  .filter(([file]) => file !== 'crds.yaml')
  .flatMap(([file, text]) => parseManifests(text).map(object => ({ file, object })));
const pods = objects.flatMap(({ file, object }) => {
  const spec = podSpecOf(object);
  return spec === undefined ? [] : [{ file, spec }];
});

describe('every pod', () => {
  test('is one of many', () => {
    expect(pods.length).toBeGreaterThan(50);
  });

  test.each([
    ['runs as a user that is not root', (spec: Pod) => spec.securityContext?.runAsNonRoot === true],
    ['has the default seccomp profile', (spec: Pod) => spec.securityContext?.seccompProfile?.type === 'RuntimeDefault'],
    ['stays off the network of its node', (spec: Pod) => spec.hostNetwork !== true],
    [
      'drops all capabilities',
      (spec: Pod) => spec.containers.every(each => each.securityContext?.capabilities?.drop?.includes('ALL')),
    ],
    [
      'cannot gain privileges',
      (spec: Pod) => spec.containers.every(each => each.securityContext?.allowPrivilegeEscalation === false),
    ],
    [
      'cannot write its root file system',
      (spec: Pod) => spec.containers.every(each => each.securityContext?.readOnlyRootFilesystem === true),
    ],
    [
      'says what it needs',
      (spec: Pod) => spec.containers.every(each => each.resources?.requests?.cpu && each.resources.requests.memory),
    ],
  ])('%s', (_title, holds) => {
    expect(pods.filter(({ spec }) => !holds(spec)).map(({ file }) => file)).toEqual([]);
  });

  test('reaches the API server only where it is the operator', () => {
    const mounted = pods.filter(({ spec }) => spec.automountServiceAccountToken !== false);
    expect(mounted.map(({ file }) => file)).toEqual(['install.yaml']);
  });
});

type Pod = (typeof pods)[number]['spec'];

describe('the rights of the operator', () => {
  const rules = objects.filter(({ file }) => file === 'install.yaml').flatMap(({ object }) => object.rules ?? []);

  test('hold no wildcard and no secret', () => {
    expect(
      rules.flatMap(rule => [...rule.apiGroups, ...rule.resources, ...rule.verbs]).filter(word => word.includes('*')),
    ).toEqual([]);
    expect(rules.flatMap(rule => rule.resources)).not.toContain('secrets');
  });

  test('create and delete nothing but SalePlans, Events and the lease', () => {
    const making = rules.filter(rule =>
      rule.verbs.some(verb => ['create', 'delete', 'deletecollection', 'update'].includes(verb)),
    );
    expect(making.map(rule => `${rule.resources}: ${rule.verbs}`)).toEqual([
      'saleplans: create,delete,patch',
      'events: create,patch',
      'leases: get,create,patch',
    ]);
  });
});

test('cluster-scoped objects name no namespace, all others do', () => {
  const scopes =
    /^(Namespace|NodePool|ClusterRole|ClusterRoleBinding|PriorityClass|(Mutating|Validating)AdmissionPolicy(Binding)?)$/;
  const wrong = objects.filter(({ object }) => scopes.test(object.kind) === (object.metadata.namespace !== undefined));
  expect(wrong.map(({ file, object }) => `${file} ${object.kind}`)).toEqual([]);
});
