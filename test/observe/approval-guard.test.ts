import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/kube/api-error.ts';
import { createLookAtGuard, type Guard, guardFault, guardName } from '../../src/observe/approval-guard.ts';

const rule = {
  apiGroups: ['headstart.dev'],
  apiVersions: ['v1alpha1'],
  resources: ['saleplans'],
  operations: ['CREATE', 'UPDATE', 'DELETE'],
};
const policySpec = {
  failurePolicy: 'Fail',
  matchConstraints: { resourceRules: [rule], namespaceSelector: {}, objectSelector: {} },
  validations: [{ expression: "!variables.changed || authorizer.resource('saleplans').check('approve').allowed()" }],
};
const bindingSpec = { policyName: guardName, validationActions: ['Deny'] };

function guard(policy: object = {}, binding: object = {}): Guard {
  const metadata = { name: guardName };
  return {
    policy: { metadata, spec: { ...policySpec, ...policy } },
    binding: { metadata, spec: { ...bindingSpec, ...binding } },
  };
}

describe('the guard of approvals', () => {
  test('is in force as the manifests have it', () => {
    expect(guardFault(guard())).toBeUndefined();
  });

  test.each<[string, Guard, string]>([
    ['there is no policy', { ...guard(), policy: undefined }, 'no ValidatingAdmissionPolicy '],
    ['there is no binding', { ...guard(), binding: undefined }, 'no ValidatingAdmissionPolicyBinding'],
    [
      'the policy is being deleted',
      { ...guard(), policy: { ...guard().policy, metadata: { deletionTimestamp: 'now' } } },
      'no ValidatingAdmissionPolicy ',
    ],
    ['failures pass', guard({ failurePolicy: 'Ignore' }), 'lets its failures pass'],
    ['conditions narrow it', guard({ matchConditions: [{ name: 'a', expression: 'false' }] }), 'only some writes'],
    [
      'an operation is left out',
      guard({ matchConstraints: { resourceRules: [{ ...rule, operations: ['CREATE', 'UPDATE'] }] } }),
      'only some writes',
    ],
    [
      'it is of other resources',
      guard({ matchConstraints: { resourceRules: [{ ...rule, resources: ['flashsales'] }] } }),
      'only some writes',
    ],
    [
      'it is of one object',
      guard({ matchConstraints: { resourceRules: [{ ...rule, resourceNames: ['drop'] }] } }),
      'only some writes',
    ],
    [
      'it leaves out resources',
      guard({ matchConstraints: { resourceRules: [rule], excludeResourceRules: [rule] } }),
      'only some writes',
    ],
    [
      'it is of some namespaces',
      guard({ matchConstraints: { resourceRules: [rule], namespaceSelector: { matchLabels: { a: 'b' } } } }),
      'only some writes',
    ],
    ['it asks for no right', guard({ validations: [{ expression: 'true' }] }), 'does not ask for the verb approve'],
    ['the binding only audits', guard({}, { validationActions: ['Audit'] }), 'does not deny'],
    ['the binding is of another policy', guard({}, { policyName: 'another' }), 'does not deny'],
    [
      'the binding is of some objects',
      guard({}, { matchResources: { objectSelector: { matchExpressions: [{}] } } }),
      'for some objects only',
    ],
    [
      'the binding is of other resources',
      guard({}, { matchResources: { resourceRules: [rule] } }),
      'for some objects only',
    ],
  ])('is not in force when %s', (_, read, why) => {
    expect(guardFault(read)?.missing).toContain(why);
  });

  test('may state all operations by a star', () => {
    expect(
      guardFault(guard({ matchConstraints: { resourceRules: [{ ...rule, operations: ['*'] }] } })),
    ).toBeUndefined();
  });
});

describe('the look at the guard', () => {
  const silence = new Error('no answer');
  const looks = (...answers: readonly (Guard | Error)[]) => {
    let asked = 0;
    const look = createLookAtGuard(async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? silence;
      asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    });
    return { look, asked: () => asked };
  };

  test('asks the API server at most once a minute', async () => {
    const { look, asked } = looks(guard());
    for (const second of [0, 30, 59]) expect(await look(second * 1000)).toBeUndefined();
    expect(asked()).toBe(1);
    await look(60_000);
    expect(asked()).toBe(2);
  });

  test('keeps the last answer for five minutes while there is none', async () => {
    const { look } = looks(guard(), silence);
    expect(await look(0)).toBeUndefined();
    expect(await look(240_000)).toBeUndefined();
    expect((await look(300_000))?.missing).toBe(
      'the ValidatingAdmissionPolicy headstart-approvals cannot be read: no answer',
    );
  });

  test('knows of no guard before the first answer, nor without the right to read it', async () => {
    expect((await looks(silence).look(0))?.missing).toContain('cannot be read');
    const forbidden = new ApiError(403, { reason: 'Forbidden', message: 'no right' }, 'GET');
    const { look } = looks(guard(), forbidden);
    expect(await look(0)).toBeUndefined();
    expect((await look(60_000))?.missing).toContain('no right');
  });
});
