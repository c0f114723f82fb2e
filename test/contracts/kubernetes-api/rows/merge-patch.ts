import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' };

export const mergePatchContract: Contract = {
  'merges objects, removes by null, replaces lists': async api => {
    const spec = { title: 'before', limits: { a: 1, b: 2 }, steps: ['x', 'y'] };
    const { metadata } = await api.given(api.widgets, { spec });
    const patch = { spec: { title: null, limits: { b: null, c: 3 }, steps: ['z'] } };
    const { status, body } = await api.merge(api.widgets, metadata.name, patch);
    expect(status).toBe(200);
    expect(body.spec).toEqual({ colour: 'red', limits: { a: 1, c: 3 }, steps: ['z'] });
  },

  'drops null from the objects inside a list too': async api => {
    const { metadata } = await api.given(api.widgets);
    const patch = { spec: { free: { points: [{ t: 1, demand: null, more: { a: null, b: 2 } }, [{ c: null }]] } } };
    const { status, body } = await api.merge(api.widgets, metadata.name, patch);
    expect(status).toBe(200);
    expect(body.spec.free).toEqual({ points: [{ t: 1, more: { b: 2 } }, [{}]] });
  },

  'a resourceVersion in the patch is an optimistic lock': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, resourceVersion } = metadata;
    const patch = (title: string) => ({ metadata: { resourceVersion }, spec: { title } });
    expect((await api.merge(api.widgets, name, patch('fresh'))).status).toBe(200);
    expectRefusal(await api.merge(api.widgets, name, patch('stale')), 409, 'Conflict');
    expect((await api.get(api.widgets, name)).body.spec.title).toBe('fresh');
  },

  'a uid in the patch must be the stored one, else 422': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, uid } = metadata;
    expect((await api.merge(api.widgets, name, { metadata: { uid }, spec: { title: 'mine' } })).status).toBe(200);
    const other = { metadata: { uid: '11111111-1111-1111-1111-111111111111' }, spec: { title: 'other' } };
    expectInvalid(await api.merge(api.widgets, name, other), { 'metadata.uid': 'FieldValueInvalid' });
    expect((await api.get(api.widgets, name)).body.spec.title).toBe('mine');
  },

  'an empty patch, and one that says what is so, write nothing': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'same' } });
    for (const patch of [{}, { spec: { title: 'same' } }]) {
      const { status, body } = await api.merge(api.widgets, before.metadata.name, patch);
      expect(status).toBe(200);
      expect(body.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    }
  },

  'of what is not there is 404': async api => {
    expectRefusal(await api.merge(api.widgets, api.name(), { spec: {} }), 404, 'NotFound');
  },

  'that is no object is 400': async api => {
    const { metadata } = await api.given(api.widgets);
    expectRefusal(await api.merge(api.widgets, metadata.name, ['spec']), 400, 'BadRequest');
    expectRefusal(await api.merge(api.widgets, metadata.name, '{"spec":'), 400, 'BadRequest');
  },

  'cannot be forced': async api => {
    const { metadata } = await api.given(api.widgets);
    const answer = await api.merge(api.widgets, metadata.name, {}, 'force=true');
    expectInvalid(answer, { force: 'FieldValueForbidden' });
  },

  'both bounds of an autoscaler may move in one patch; a minimum above the maximum is 422': async api => {
    const spec = { minReplicas: 2, maxReplicas: 10, scaleTargetRef };
    const { metadata } = await api.given(api.autoscalers, { spec });
    const alone = await api.merge(api.autoscalers, metadata.name, { spec: { minReplicas: 20 } });
    expectInvalid(alone, { 'spec.maxReplicas': 'FieldValueInvalid' });
    expect(alone.body.message).toBe(
      `HorizontalPodAutoscaler.autoscaling "${metadata.name}" is invalid: spec.maxReplicas: Invalid value: 10: must be greater than or equal to \`minReplicas\``,
    );
    const both = await api.merge(api.autoscalers, metadata.name, { spec: { minReplicas: 20, maxReplicas: 30 } });
    expect(both).toMatchObject({ status: 200, body: { spec: { minReplicas: 20, maxReplicas: 30 } } });
  },

  'with dryRun=All answers as if, and keeps nothing': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'before' } });
    const answer = await api.merge(api.widgets, metadata.name, { spec: { title: 'after' } }, 'dryRun=All');
    expect(answer).toMatchObject({ status: 200, body: { spec: { title: 'after' } } });
    const { body } = await api.get(api.widgets, metadata.name);
    expect(body.spec.title).toBe('before');
    expect(body.metadata.resourceVersion).toBe(metadata.resourceVersion);
  },

  'that is checked like a whole object names the field at fault': async api => {
    const { metadata } = await api.given(api.widgets);
    const answer = await api.merge(api.widgets, metadata.name, { spec: { replicas: 1001 } });
    expectInvalid(answer, { 'spec.replicas': 'FieldValueInvalid' });
  },

  'leaves name and namespace alone': async api => {
    const { metadata } = await api.given(api.widgets);
    const renamed = await api.merge(api.widgets, metadata.name, { metadata: { name: 'other' } });
    expectRefusal(renamed, 400, 'BadRequest');
    const moved = await api.merge(api.widgets, metadata.name, { metadata: { namespace: 'other' } });
    expectRefusal(moved, 400, 'BadRequest');
  },

  'of a type the server does not know is 415': async api => {
    const { metadata } = await api.given(api.widgets);
    const path = `${api.widgets.path}/${metadata.name}`;
    const answer = await api.send('PATCH', path, { body: {}, contentType: 'application/json' });
    expectRefusal(answer, 415, 'UnsupportedMediaType');
    expect(answer.body.message).toContain('application/merge-patch+json');
  },
};
