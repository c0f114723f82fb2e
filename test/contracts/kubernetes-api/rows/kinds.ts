import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' };
const createAutoscaler = (api: ApiDriver, spec: Body) =>
  api.create(api.autoscalers, { metadata: { name: api.name() }, spec: { scaleTargetRef, maxReplicas: 10, ...spec } });

const labels = { app: 'idle' };
const deployment = (spec: Body = {}): Body => ({
  replicas: 0,
  paused: true,
  selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'registry.example/idle:1' }] } },
  ...spec,
});

export const kindsContract: Contract = {
  'an autoscaler has a minimum of 1 and watches the CPU unless told otherwise': async api => {
    const { status, body } = await createAutoscaler(api, {});
    expect(status).toBe(201);
    expect(body.spec).toEqual({
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    });
    expect(body.metadata.generation).toBeUndefined();
  },

  'an autoscaler with a behavior has all of its rules filled in': async api => {
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
    const { body } = await createAutoscaler(api, { behavior });
    expect(body.spec.behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    });
  },

  'an autoscaler keeps its tolerance': async api => {
    const { body } = await createAutoscaler(api, { behavior: { scaleUp: { tolerance: '0.05' } } });
    expect(['0.05', '50m']).toContain(body.spec.behavior.scaleUp.tolerance);
  },

  'an autoscaler needs 1 ≤ minimum ≤ maximum and a target': async api => {
    const refused = async (spec: Body) => Object.keys(await faultsOf(createAutoscaler(api, spec)));
    expect(await refused({ minReplicas: 11 })).toEqual(['spec.maxReplicas']);
    expect(await refused({ minReplicas: 0 })).toContain('spec.minReplicas');
    expect(await refused({ maxReplicas: 0 })).toContain('spec.maxReplicas');
    expect(await refused({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment' } })).toEqual([
      'spec.scaleTargetRef.name',
    ]);
  },

  'an autoscaler refuses metrics without their source and rules without sense': async api => {
    const metrics = [{ type: 'External' }];
    expect(await faultsOf(createAutoscaler(api, { metrics }))).toHaveProperty(['spec.metrics[0].external']);
    const behavior = { scaleUp: { stabilizationWindowSeconds: 4000 } };
    const path = 'spec.behavior.scaleUp.stabilizationWindowSeconds';
    expect(await faultsOf(createAutoscaler(api, { behavior }))).toHaveProperty([path]);
  },

  'an autoscaler takes its status through /status': async api => {
    const { body } = await createAutoscaler(api, {});
    const patch = { status: { currentReplicas: 3, desiredReplicas: 4 } };
    const answer = await api.merge(api.autoscalers, `${body.metadata.name}/status`, patch);
    expect(answer).toMatchObject({ status: 200, body: { status: { currentReplicas: 3, desiredReplicas: 4 } } });
  },

  'a value a built-in type cannot hold is 400': async api => {
    const answer = await createAutoscaler(api, { maxReplicas: 'many' });
    expectRefusal(answer, 400, 'BadRequest');
    expect(answer.body.message).toContain('maxReplicas');
  },

  'a quantity may be a number, and is stored as text': async api => {
    const requests = { cpu: 0.5, memory: 2000 };
    const containers = [{ name: 'main', image: 'registry.example/idle:1', resources: { requests } }];
    const body = await api.given(api.deployments, {
      spec: deployment({ template: { metadata: { labels }, spec: { containers } } }),
    });
    const stored = { cpu: '500m', memory: '2k' };
    expect(body.spec.template.spec.containers[0].resources.requests).toEqual(stored);
  },

  'a deployment is filled in': async api => {
    const body = await api.given(api.deployments, { spec: deployment() });
    expect(body.spec).toMatchObject({
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        spec: {
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          containers: [
            { name: 'main', imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log' },
          ],
        },
      },
    });
    expect(body.metadata.generation).toBe(1);
    const { replicas: _, ...unsaid } = deployment();
    const answer = await api.create(api.deployments, { metadata: { name: api.name() }, spec: unsaid }, 'dryRun=All');
    expect(answer.body.spec.replicas).toBe(1);
  },

  'a deployment selects the pods it makes, and goes on selecting them': async api => {
    const spec = deployment({ selector: { matchLabels: { app: 'other' } } });
    const other = await api.create(api.deployments, { metadata: { name: api.name() }, spec });
    expectRefusal(other, 422, 'Invalid');
    expect(other.body.message).toContain('`selector` does not match template `labels`');
    const { metadata } = await api.given(api.deployments, { spec: deployment() });
    const selector = { matchLabels: { app: 'idle', tier: 'web' } };
    const template = { metadata: { labels: { app: 'idle', tier: 'web' } } };
    const moved = await api.merge(api.deployments, metadata.name, { spec: { selector, template } });
    expectInvalid(moved, { 'spec.selector': 'FieldValueInvalid' });
    expect(moved.body.message).toContain('field is immutable');
  },

  'a lease takes its times to the microsecond, and no others': async api => {
    const spec = { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2026-11-27T19:00:00.000000Z' };
    const { metadata } = await api.given(api.leases, { spec });
    expect((await api.get(api.leases, metadata.name)).body.spec).toEqual(spec);
    const coarse = { spec: { ...spec, renewTime: '2026-11-27T19:00:00.000Z' }, metadata: { name: api.name() } };
    expect((await api.create(api.leases, coarse)).status).toBe(400);
  },

  'a lease is taken over by whoever is first': async api => {
    const { metadata } = await api.given(api.leases, { spec: { holderIdentity: 'gone', leaseDurationSeconds: 1 } });
    const { name, resourceVersion } = metadata;
    const take = (holderIdentity: string) =>
      api.merge(api.leases, name, { metadata: { resourceVersion }, spec: { holderIdentity } });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(take));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  },

  'a lease with no duration to speak of is 422': async api => {
    const object = { metadata: { name: api.name() }, spec: { leaseDurationSeconds: 0 } };
    expectInvalid(await api.create(api.leases, object), { 'spec.leaseDurationSeconds': 'FieldValueInvalid' });
  },

  'an event is stored as it is told': async api => {
    const regarding = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: api.namespace };
    const event = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: api.name() },
      eventTime: '2026-11-27T19:00:00.000000Z',
      reportingController: 'headstart.dev/operator',
      reportingInstance: 'one',
      action: 'Raise',
      reason: 'FloorRaised',
      type: 'Normal',
      note: 'raised to 8',
      regarding,
    };
    const path = `/apis/events.k8s.io/v1/namespaces/${api.namespace}/events`;
    const { status, body } = await api.send('POST', path, { body: event });
    expect(status).toBe(201);
    expect(body).toMatchObject({ reason: 'FloorRaised', note: 'raised to 8', regarding });
  },

  'a pod is Pending when it is made': async api => {
    const pods = { path: `/api/v1/namespaces/${api.namespace}/pods`, apiVersion: 'v1', kind: 'Pod' };
    const spec = { nodeSelector: { no: 'such' }, containers: [{ name: 'main', image: 'registry.example/idle:1' }] };
    await api.until(
      () => api.create(pods, { metadata: { name: api.name() }, spec }, 'dryRun=All'),
      ({ status }) => status === 201,
    );
    const { status, metadata } = await api.given(pods, { spec, status: { phase: 'Running' } });
    expect(status.phase).toBe('Pending');
    expect(metadata.generation).toBe(1);
    expect((await api.delete(pods, metadata.name)).body).toMatchObject({ kind: 'Pod' });
  },
};

/** The fields a refusal names, with their reasons. */
async function faultsOf(asked: ReturnType<ApiDriver['create']>): Promise<Record<string, string>> {
  const answer = await asked;
  expectRefusal(answer, 422, 'Invalid');
  return Object.fromEntries(answer.body.details.causes.map((cause: Body) => [cause.field, cause.reason]));
}
