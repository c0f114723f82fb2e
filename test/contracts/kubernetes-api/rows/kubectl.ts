import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';

/** The OpenAPI document of a group and version. */
async function document(api: ApiDriver, path: string): Promise<Body> {
  const { body } = await api.until(
    () => api.send('GET', '/openapi/v3'),
    answer => answer.body.paths?.[path] !== undefined,
  );
  const { status, body: found } = await api.send('GET', body.paths[path].serverRelativeURL);
  expect(status).toBe(200);
  return found;
}

const schemasOf = ({ components }: Body): readonly Body[] => Object.values(components.schemas);
const isOf = (wanted: Body) => (schema: Body) =>
  schema['x-kubernetes-group-version-kind']?.some(
    ({ group, version, kind }: Body) => group === wanted.group && version === wanted.version && kind === wanted.kind,
  );

/** What kubectl asks for besides objects. */
export const kubectlContract: Contract = {
  'OpenAPI: lists a document for each group and version': async api => {
    const { status, body } = await api.send('GET', '/openapi/v3');
    expect(status).toBe(200);
    for (const path of ['api/v1', 'apis/apps/v1', 'apis/autoscaling/v2'])
      expect(body.paths[path].serverRelativeURL).toMatch(new RegExp(`^/openapi/v3/${path}\\?hash=[0-9A-F]+$`));
  },

  'OpenAPI: describes a custom kind as its definition does': async api => {
    const found = await document(api, `apis/${api.group}/v1`);
    const widget = schemasOf(found).find(isOf({ group: api.group, version: 'v1', kind: 'Widget' }));
    expect(widget?.properties.spec.properties).toMatchObject({
      replicas: { type: 'integer', minimum: 0, maximum: 1000 },
      colour: { type: 'string', enum: ['red', 'green', 'blue'] },
      parts: { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
    });
  },

  'OpenAPI: describes built-in kinds': async api => {
    const found = await document(api, 'apis/autoscaling/v2');
    const wanted = { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' };
    expect(schemasOf(found).some(isOf(wanted))).toBe(true);
  },

  'OpenAPI: says of each path what kind it is about, and that a patch takes fieldValidation': async api => {
    const found = await document(api, `apis/${api.group}/v1`);
    const operations: Body = found.paths[`/apis/${api.group}/v1/namespaces/{namespace}/widgets/{name}`];
    expect(operations.patch['x-kubernetes-group-version-kind']).toEqual({
      group: api.group,
      version: 'v1',
      kind: 'Widget',
    });
    const ownParameters = operations.patch.parameters.map(({ name }: Body) => name);
    expect(ownParameters).toEqual(expect.arrayContaining(['dryRun', 'fieldManager', 'fieldValidation', 'force']));
  },

  'access: the administrator may do everything': async api => {
    const apiVersion = 'authorization.k8s.io/v1';
    const resourceAttributes = { verb: 'delete', resource: 'widgets', group: api.group, namespace: api.namespace };
    const body = { apiVersion, kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
    const answer = await api.send('POST', `/apis/${apiVersion}/selfsubjectaccessreviews`, { body });
    expect(answer).toMatchObject({
      status: 201,
      body: { kind: 'SelfSubjectAccessReview', spec: { resourceAttributes }, status: { allowed: true } },
    });
  },

  'access: the rules of the administrator name every verb of everything': async api => {
    const apiVersion = 'authorization.k8s.io/v1';
    const body = { apiVersion, kind: 'SelfSubjectRulesReview', spec: { namespace: api.namespace } };
    const answer = await api.send('POST', `/apis/${apiVersion}/selfsubjectrulesreviews`, { body });
    expect(answer.status).toBe(201);
    expect(answer.body.status.resourceRules).toContainEqual({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
  },

  'access: reviews can be created and not read': async api => {
    const { body } = await api.send('GET', '/apis/authorization.k8s.io/v1');
    const review = body.resources.find(({ name }: Body) => name === 'selfsubjectaccessreviews');
    expect(review).toMatchObject({ kind: 'SelfSubjectAccessReview', namespaced: false, verbs: ['create'] });
    const read = await api.send('GET', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews');
    expect(read.status).toBe(405);
  },
};
