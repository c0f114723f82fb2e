import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/kube/connect.ts';
import { EventRecorder } from '../../src/kube/events/event-recorder.ts';
import { discoverKind } from '../../src/kube/resources/discover-kind.ts';
import {
  autoscalers,
  deployments,
  events,
  flashSales,
  type ResourceKind,
} from '../../src/kube/resources/resource-kind.ts';
import { Reflector } from '../../src/kube/watch/reflector.ts';
import { observeAutoscaler } from '../../src/observe/workloads/observe-autoscaler.ts';
import { observeWorkload } from '../../src/observe/workloads/observe-workload.ts';
import { flashSale } from '../support/shop/kinds.ts';
import { describeElection } from './kube-client-election.ts';

/** For whoever opens the API: our kinds are to be installed in it. */
export const customResourceDefinitions: ResourceKind = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** A Kubernetes API with our kinds, and an empty namespace in it. */
interface OpenedApi {
  readonly connection: Connection;
  readonly namespace: string;
  close(): Promise<void>;
}

/**
 * What Headstart asks of a cluster through its own client. The in-memory API and a real API server pass the same suite,
 * so that what holds in the sandbox holds in a cluster.
 */
export function describeKubeClient(name: string, open: () => Promise<OpenedApi>): void {
  describe(name, () => {
    let api: OpenedApi;
    beforeAll(async () => {
      api = await open();
    }, 60_000);
    afterAll(() => api?.close());

    const at = (objectName: string) => ({ namespace: api.namespace, name: objectName });
    const sales = () => api.connection.resource(flashSales);
    const hpas = () => api.connection.resource(autoscalers);
    const workloads = () => api.connection.resource(deployments);
    const createSale = (objectName: string, labels: Record<string, string> = {}) =>
      sales().create({ metadata: { ...at(objectName), labels }, spec: flashSale({}).spec });
    const applyHpa = (
      objectName: string,
      bounds: { minReplicas?: number; maxReplicas: number },
      fieldManager?: string,
    ) =>
      hpas().apply(
        {
          metadata: at(objectName),
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: objectName }, ...bounds },
        },
        { fieldManager },
      );

    describe('reading', () => {
      test('gets what was created, with what the server adds', async () => {
        const created = await createSale('read');
        expect(created).toMatchObject({ apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale' });
        expect(created.metadata).toMatchObject({
          uid: expect.any(String),
          resourceVersion: expect.stringMatching(/^\d+$/),
        });
        expect(await sales().get(at('read'))).toEqual(created);
        expect(created.spec).toMatchObject({ timeZone: 'UTC', cancelled: false });
      });

      test('lists by page and by label, and every item says what it is', async () => {
        for (const letter of 'abcde') await createSale(`page-${letter}`, { page: 'yes' });
        const listed = await sales().list({ namespace: api.namespace, labelSelector: 'page=yes', limit: 2 });
        expect(listed.map(({ metadata, kind }) => `${kind} ${metadata?.name}`)).toEqual(
          [...'abcde'].map(letter => `FlashSale page-${letter}`),
        );
      });

      test('discovers a kind by its group and name', async () => {
        const sale = await discoverKind(api.connection.transport, {
          apiVersion: 'headstart.dev/v1alpha1',
          kind: 'FlashSale',
        });
        expect(sale).toEqual({ kind: { ...flashSales }, scalable: false });
        const nothing = { apiVersion: 'nothing.example/v1', kind: 'Nothing' };
        expect(await discoverKind(api.connection.transport, nothing)).toBeUndefined();
      });
    });

    describe('refusals', () => {
      test.each<[string, number, string, () => Promise<unknown>]>([
        ['a get of nothing', 404, 'NotFound', () => sales().get(at('nothing'))],
        ['a merge patch of nothing', 404, 'NotFound', () => sales().merge(at('nothing'), { spec: {} })],
        ['a create of what is there', 409, 'AlreadyExists', () => createSale('twice').then(() => createSale('twice'))],
        [
          'a create in a namespace that is not there',
          404,
          'NotFound',
          () => sales().create({ metadata: { name: 'x', namespace: 'not-there' }, spec: flashSale({}).spec }),
        ],
        [
          'a value that the schema refuses',
          422,
          'Invalid',
          () => sales().create({ metadata: at('invalid'), spec: flashSale({ expectedPeakPercent: 1 }).spec }),
        ],
        ['bounds upside down', 422, 'Invalid', () => applyHpa('upside-down', { minReplicas: 9, maxReplicas: 3 })],
      ])('%s: %i %s', async (_, status, reason, call) => {
        await expect(call()).rejects.toMatchObject({ status, reason });
      });

      test('of a value name its field', async () => {
        const spec = flashSale({ expectedPeakPercent: 1 }).spec;
        await expect(sales().create({ metadata: at('invalid'), spec })).rejects.toThrow('spec.expectedPeakPercent');
      });
    });

    describe('a merge patch', () => {
      test('under a resourceVersion is refused once the object has moved on', async () => {
        const { metadata } = await createSale('moved');
        const under = { resourceVersion: metadata?.resourceVersion };
        await sales().merge(at('moved'), { metadata: under, spec: { stock: 5 } });
        const late = sales().merge(at('moved'), { metadata: under, spec: { stock: 6 } });
        await expect(late).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
        expect(await sales().get(at('moved'))).toMatchObject({ spec: { stock: 5 } });
      });

      test('with the uid of another object is refused', async () => {
        await createSale('replaced');
        const patch = { metadata: { uid: '00000000-0000-4000-8000-000000000000' }, spec: { stock: 1 } };
        const error: unknown = await sales()
          .merge(at('replaced'), patch)
          .catch((caught: unknown) => caught);
        expect([409, 422]).toContain(error instanceof Object && 'status' in error ? error.status : error);
      });

      test('of the status leaves the spec, and of the spec the status', async () => {
        const { metadata } = await createSale('parts');
        const status = { peakPercent: 300 };
        await sales().merge(at('parts'), { spec: { stock: 1 }, status }, { sub: 'status' });
        const patched = await sales().merge(at('parts'), { spec: { stock: 2 }, status: { peakPercent: 1 } });
        expect(patched).toMatchObject({ spec: { stock: 2 }, status: { peakPercent: 300 } });
        expect(patched.metadata?.generation).toBe((metadata?.generation ?? 0) + 1);
      });

      test('that changes nothing leaves the resourceVersion', async () => {
        const { metadata } = await createSale('same');
        const patched = await sales().merge(at('same'), { spec: { timeZone: 'UTC' } });
        expect(patched.metadata?.resourceVersion).toBe(metadata?.resourceVersion);
      });

      test('removes what is null, and knows finalizers', async () => {
        await createSale('held');
        await sales().merge(at('held'), {
          metadata: { annotations: { a: '1' }, finalizers: ['headstart.dev/test'] },
        });
        await sales().delete(at('held'));
        const held = await sales().get(at('held'));
        expect(held.metadata).toMatchObject({ deletionTimestamp: expect.any(String), annotations: { a: '1' } });
        await sales().merge(at('held'), { metadata: { finalizers: null } });
        await expect(sales().get(at('held'))).rejects.toMatchObject({ status: 404 });
      });
    });

    describe('server-side apply', () => {
      test('takes both bounds by force, and tells who else owns one', async () => {
        await applyHpa('contested', { minReplicas: 2, maxReplicas: 10 }, 'gitops');
        const raised = await applyHpa('contested', { minReplicas: 5, maxReplicas: 20 });
        expect(raised.spec).toMatchObject({ minReplicas: 5, maxReplicas: 20 });
        expect(observeAutoscaler(raised).observation.otherWriters).toEqual([]);
        const edited = await hpas().merge(
          at('contested'),
          { spec: { minReplicas: 3 } },
          { fieldManager: 'kubectl-edit' },
        );
        expect(observeAutoscaler(edited).observation).toMatchObject({ minReplicas: 3, otherWriters: ['kubectl-edit'] });
      });

      test('without force gives way', async () => {
        await applyHpa('polite', { minReplicas: 2, maxReplicas: 10 }, 'gitops');
        const spec = { minReplicas: 4, maxReplicas: 10 };
        const apply = hpas().apply({ metadata: at('polite'), spec: spec }, { force: false });
        await expect(apply).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
      });

      test('that is only tried changes nothing', async () => {
        await applyHpa('tried', { minReplicas: 2, maxReplicas: 10 }, 'gitops');
        const patch = { metadata: { ...at('tried'), annotations: { 'headstart.dev/floor': '7' } } };
        const tried = await hpas().apply({ ...patch, spec: { minReplicas: 7, maxReplicas: 10 } }, { dryRun: true });
        expect(observeAutoscaler(tried).observation).toMatchObject({ minReplicas: 7, floor: 7 });
        const stayed = observeAutoscaler(await hpas().get(at('tried'))).observation;
        expect(stayed).toMatchObject({ minReplicas: 2 });
        expect(stayed).not.toHaveProperty('floor');
      });

      test('removes an annotation that is not applied any more', async () => {
        const annotations = { 'headstart.dev/floor': '7' };
        const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'floor' };
        const spec = { minReplicas: 7, maxReplicas: 10, scaleTargetRef };
        await hpas().apply({ metadata: { ...at('floor'), annotations }, spec });
        const restored = await hpas().apply({ metadata: at('floor'), spec: { ...spec, minReplicas: 2 } });
        expect(restored.metadata?.annotations ?? {}).not.toHaveProperty('headstart.dev/floor');
      });

      test('under a stale resourceVersion is refused', async () => {
        const first = await applyHpa('stale', { minReplicas: 2, maxReplicas: 10 });
        await applyHpa('stale', { minReplicas: 3, maxReplicas: 10 });
        const { uid, resourceVersion } = first.metadata ?? {};
        const apply = hpas().apply({ metadata: { ...at('stale'), uid, resourceVersion }, spec: first.spec });
        await expect(apply).rejects.toMatchObject({ status: 409 });
      });
    });

    test('the scale subresource scales, and the workload tells who did', async () => {
      const labels = { app: 'scaled' };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a' }] } };
      const spec = { replicas: 2, selector: { matchLabels: labels }, template };
      const created = await workloads().create({ metadata: at('scaled'), spec }, { fieldManager: 'gitops' });
      expect(observeWorkload(created)).toMatchObject({ replicas: 2, replicasWriter: 'gitops' });
      const scaleTo = async (replicas: number) => {
        const { metadata } = await workloads().getScale(at('scaled'));
        expect(metadata?.uid).toBe(created.metadata?.uid);
        const { uid, resourceVersion } = metadata ?? {};
        await workloads().mergeScale(at('scaled'), { metadata: { uid, resourceVersion }, spec: { replicas } });
        return 'scaled';
      };
      // A controller may write the status between reading and writing: that is what the precondition is for.
      await expect.poll(() => scaleTo(6).catch(() => 'conflict')).toBe('scaled');
      const { uid, resourceVersion } = created.metadata ?? {};
      const late = workloads().mergeScale(at('scaled'), { metadata: { uid, resourceVersion }, spec: { replicas: 7 } });
      await expect(late).rejects.toMatchObject({ status: 409 });
      expect(observeWorkload(await workloads().get(at('scaled')))).toMatchObject({ replicas: 6 });
    });

    test('a delete under the uid of another object is refused', async () => {
      const { metadata } = await createSale('deleted');
      const other = sales().delete(at('deleted'), { preconditions: { uid: 'another' } });
      await expect(other).rejects.toMatchObject({ status: 409 });
      await sales().delete(at('deleted'), { preconditions: { uid: metadata?.uid ?? '' } });
      await expect(sales().get(at('deleted'))).rejects.toMatchObject({ status: 404 });
    });

    describe.each(['stream', 'pages'] as const)('a reflector that begins with %s', initial => {
      test('follows creates, changes, deletes and a new object of the same name', async () => {
        const labels = { followed: initial };
        await createSale(`${initial}-first`, labels);
        const changes: string[] = [];
        const reflector = new Reflector({
          resource: sales(),
          project: object => object.metadata?.name ?? '',
          onChange: change => changes.push(`${change.type} ${change.value}`),
          selection: { namespace: api.namespace, labelSelector: `followed=${initial}` },
          initial,
          watchSeconds: 2,
        });
        const stop = new AbortController();
        const running = reflector.run(stop.signal);
        await reflector.whenSynced(AbortSignal.timeout(60_000));
        await createSale(`${initial}-second`, labels);
        await sales().merge(at(`${initial}-first`), { spec: { stock: 9 } });
        await sales().delete(at(`${initial}-first`));
        const last = await createSale(`${initial}-first`, labels);
        await reflector.caughtUpTo(last.metadata?.resourceVersion ?? '', AbortSignal.timeout(60_000));
        stop.abort();
        await running;
        const [first, second] = [`${initial}-first`, `${initial}-second`];
        expect(changes).toEqual([
          `Added ${first}`,
          `Added ${second}`,
          `Modified ${first}`,
          `Deleted ${first}`,
          `Added ${first}`,
        ]);
        expect(reflector.stats).toMatchObject({ lists: 1, failures: 0 });
      });
    });

    describeElection(() => api);

    test('an Event is recorded, and counted when it happens again', async () => {
      const regarding = await createSale('told');
      const errors: unknown[] = [];
      const recorder = new EventRecorder({
        events: api.connection.resource(events),
        instance: 'pod-1',
        clock: { now: () => Date.now() },
        onError: error => errors.push(error),
      });
      const draft = { regarding, type: 'Normal', reason: 'BoundsRaised', action: 'Raise', note: '4 → 35' } as const;
      recorder.recordEvent(draft);
      await recorder.flush();
      recorder.recordEvent(draft);
      await recorder.flush();
      expect(errors).toEqual([]);
      const listed = await api.connection.resource(events).list({ namespace: api.namespace });
      expect(listed.filter(event => event.regarding?.name === 'told')).toMatchObject([
        { reason: 'BoundsRaised', note: '4 → 35', series: { count: 2 } },
      ]);
    });
  });
}
