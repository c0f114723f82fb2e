import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { group } from '../../../src/api/group.ts';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { type Answered, startApiServer } from '../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import type { KubeObject, Stored } from '../../../src/apiserver/objects/kube-object.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';
import { type Connection, connect } from '../../../src/kube/connect.ts';
import { apiVersionOf, namespaces, type ResourceKind } from '../../../src/kube/resources/resource-kind.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import type { OperatorOptions } from '../../../src/operator/operator-options.ts';
import { parseSettings } from '../../../src/operator/settings/settings.ts';
import { type Operator, startOperator } from '../../../src/operator/start-operator.ts';
import { startControllerManager } from '../../../src/sandbox/controllers/controller-manager.ts';
import { SandboxClock } from '../../../src/sandbox/sandbox-clock.ts';
import { type Fate, type FaultyProxy, openFaultyProxy, type ProxiedRequest } from './faults/faulty-proxy.ts';
import { scalingPolicy } from './kinds.ts';
import { recordingLog } from './recording-log.ts';

/** Requests a second of a service over the step that starts at `time`; null = not measured. Throws = the store is down. */
export type DemandOf = (service: string, time: number) => number | null;

export interface ShopOptions {
  readonly start: number;
  readonly demand: DemandOf;
  readonly settings?: object;
  /** The API server's clock minus the operators', in ms, in every time that it writes or sends. @default 0 */
  readonly serverAheadMs?: number;
  /** Rules of the namespace `marketplace`; `None` = it has no ScalingPolicy. @default readyBeforeSeconds: 0 */
  readonly policy?: object | 'None';
  /** In place of `demand` behind one source that never fails. */
  readonly sources?: Readonly<Record<string, MetricSource>>;
}

/** An embedded cluster with our kinds, controllers, and operators that look when the test says so. */
export interface Shop {
  readonly clock: SandboxClock;
  readonly store: ObjectStore;
  readonly connection: Connection;
  /** Every request answered, as an audit log keeps it. */
  readonly requests: readonly (Answered & { readonly at: number })[];
  /** Every change of an HPA's spec or annotations. */
  readonly bounds: readonly SeenBounds[];
  readonly logged: readonly { readonly level: string; readonly message: string; readonly facts: object }[];
  operator(options?: ShopOperatorOptions): Promise<Operator>;
  /** The process dies: nothing of it is told to stop, and nothing it sends arrives any more. */
  kill(operator: Operator): Promise<void>;
  /** Stops it in order, as SIGTERM does. */
  retire(operator: Operator): Promise<void>;
  /** The proxy between one operator and the API server, to inject faults. */
  proxyOf(operator: Operator): FaultyProxy;
  /** Through the API, in the name of the object's author, so that defaults are filled. */
  create(...objects: readonly object[]): Promise<void>;
  /** JSON merge patch through the API, in the name of `manager`. */
  patch(resource: string, name: string, patch: object, manager?: string): Promise<void>;
  delete(resource: string, name: string, namespace?: string): Promise<void>;
  deleteNamespace(name: string): Promise<void>;
  get<T extends KubeObject>(resource: string, name: string, namespace?: string): Stored<T>;
  find<T extends KubeObject>(resource: string, name: string, namespace?: string): Stored<T> | undefined;
  /** Moves to `epochMs` in ticks of 15 s (or as stated, in ms); the operators look at each. */
  moveTo(epochMs: number, everyMs?: number): Promise<void>;
  salePlans(): readonly SalePlan[];
  close(): Promise<void>;
}

type Passed = 'identity' | 'readPatienceMs' | 'metricPatienceMs' | 'ownSchemas';
export interface ShopOperatorOptions extends Pick<OperatorOptions, Passed> {
  readonly settings?: object;
  /** What happens to its requests from the first on. @default all pass */
  readonly fate?: (request: ProxiedRequest) => Fate;
}

export interface SeenBounds {
  readonly at: number;
  readonly namespace: string;
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly floor?: string | undefined;
  readonly floorMax?: string | undefined;
}

interface Autoscaler extends KubeObject {
  readonly spec: { readonly minReplicas: number; readonly maxReplicas: number };
}

interface Deployment extends KubeObject {
  readonly status?: { readonly readyReplicas?: number };
}

/** What a pod's one core serves; its HPA aims at 80 % of it. */
const requestsPerCore = 45;

/** Where our kinds are stored. */
export const stored = {
  sales: `flashsales.${group}`,
  targets: `scalingtargets.${group}`,
  policies: `scalingpolicies.${group}`,
  plans: `saleplans.${group}`,
  hpas: 'horizontalpodautoscalers.autoscaling',
  deployments: 'deployments.apps',
} as const;

export const tickMs = 15_000;

export const minutes = (count: number) => count * 60_000;

export async function openShop(options: ShopOptions): Promise<Shop> {
  const clock = new SandboxClock(options.start);
  const serverClock = { now: () => clock.now() + (options.serverAheadMs ?? 0) };
  const store = new ObjectStore({ clock: serverClock, resources: builtInResources });
  const requests: (Answered & { at: number })[] = [];
  const server = await startApiServer({
    store,
    clock: serverClock,
    wallMs: () => Date.now() + (options.serverAheadMs ?? 0),
    onAnswered: answered => requests.push({ ...answered, at: clock.now() }),
  });
  const stopControllers = startControllerManager({
    store,
    clock,
    metrics: {
      podUsage: (namespace, pod) => {
        const name = pod.split('-')[0] ?? '';
        const ready = store.collection<Deployment>(stored.deployments).get(namespace, name)?.status?.readyReplicas ?? 0;
        const load = options.demand(name, clock.now());
        if (ready === 0 || load === null) return undefined;
        return { value: load / ready / requestsPerCore, at: clock.now(), windowMs: 15_000 };
      },
      external: () => undefined,
    },
    podStart: () => ({ runningSeconds: 2, readySeconds: 20 }),
  });
  const bounds = recordBounds(store, clock);
  const connection = await connect({ server: server.url });
  for (const plural of ['flashsales', 'scalingtargets', 'scalingpolicies', 'saleplans'])
    await post(connection, store, parse(readFileSync(path.join('crds', `${plural}.yaml`), 'utf8')));
  // The hours of a test are short: bounds are raised as late as they may be.
  if (options.policy !== 'None')
    await post(connection, store, scalingPolicy({ readyBeforeSeconds: 0, ...options.policy }));
  let operators: Operator[] = [];
  const proxies = new Map<Operator, { readonly proxy: FaultyProxy; readonly own: Connection }>();
  const logged: { level: string; message: string; facts: object }[] = [];

  const shop: Shop = {
    clock,
    store,
    connection,
    requests,
    bounds,
    logged,
    async operator({ identity = `operator-${operators.length}`, settings = {}, fate, ...more } = {}) {
      const proxy = await openFaultyProxy(server.url);
      if (fate !== undefined) proxy.rule(fate);
      const own = await connect({ server: proxy.url });
      const operator = await startOperator({
        connection: own,
        clock,
        identity,
        ticks: 'Caller',
        ...more,
        log: recordingLog(logged),
        settings: parseSettings({
          listen: { health: 'off', metrics: 'off' },
          leaderElection: { enabled: false },
          // The pace of writes is real time, which these tests would wait for.
          writesPerSecond: 1000,
          ...options.settings,
          ...settings,
        }),
        metricSources: options.sources ?? { prometheus: madeUpSource(options.demand) },
      });
      operators.push(operator);
      proxies.set(operator, { proxy, own });
      return operator;
    },
    async kill(operator) {
      operators = operators.filter(other => other !== operator);
      proxies.get(operator)?.proxy.cut();
      await operator.stop();
    },
    async retire(operator) {
      operators = operators.filter(other => other !== operator);
      await operator.stop();
    },
    proxyOf(operator) {
      const found = proxies.get(operator);
      if (found === undefined) throw new Error('that operator is not of this shop');
      return found.proxy;
    },
    async create(...objects) {
      for (const object of objects) await post(connection, store, object as KubeObject);
    },
    async patch(resource, name, patch, manager = 'kubectl') {
      const kind = kindOf(store, resource);
      await connection.resource(kind).merge({ name, namespace: 'marketplace' }, patch, { fieldManager: manager });
    },
    async delete(resource, name, namespace = 'marketplace') {
      await connection.resource(kindOf(store, resource)).delete({ name, namespace });
    },
    deleteNamespace: name => connection.resource(namespaces).delete({ name }),
    get(resource, name, namespace = 'marketplace') {
      const found = shop.find<KubeObject>(resource, name, namespace);
      if (found === undefined) throw new Error(`no ${resource} ${namespace}/${name}`);
      return found as never;
    },
    find: (resource, name, namespace = 'marketplace') =>
      store.collection<KubeObject>(resource).get(namespace, name) as never,
    async moveTo(epochMs, everyMs = tickMs) {
      while (clock.now() < epochMs) {
        const next = Math.min(epochMs, (Math.floor(clock.now() / everyMs) + 1) * everyMs);
        await clock.advanceTo(next);
        for (const operator of operators) await operator.tick();
      }
    },
    salePlans: () => store.collection(stored.plans).list() as never,
    async close() {
      for (const operator of operators) await operator.stop();
      for (const { proxy, own } of proxies.values()) {
        own.close();
        await proxy.close();
      }
      stopControllers();
      connection.close();
      await server.close();
    },
  };
  return shop;
}

/** A service of the shop: a Deployment, its HPA and its ScalingTarget. */
export function service(
  name: string,
  { namespace = 'marketplace', spec = {}, hpa = true }: { namespace?: string; spec?: object; hpa?: boolean } = {},
): readonly object[] {
  const labels = { app: name };
  const metadata = { name, namespace };
  const container = { name, image: `shop/${name}`, resources: { requests: { cpu: '1' } } };
  const workload = { apiVersion: 'apps/v1', kind: 'Deployment', name };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 4,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
  const autoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: workload,
      minReplicas: 4,
      maxReplicas: 20,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  };
  const target = {
    apiVersion: `${group}/v1alpha1`,
    kind: 'ScalingTarget',
    metadata,
    spec: {
      workloadRef: workload,
      mode: 'Apply',
      baseline: { minReplicas: 4, maxReplicas: 20 },
      ceiling: 240,
      capacityPerReplica: '45',
      demand: { query: name, historyDays: 14 },
      leadTimeSeconds: 90,
      entryPoint: true,
      ...spec,
    },
  };
  return [deployment, ...(hpa ? [autoscaler] : []), target];
}

export function flashSale(name: string, start: number, end: number, spec: object = {}, namespace = 'marketplace') {
  return {
    apiVersion: `${group}/v1alpha1`,
    kind: 'FlashSale',
    metadata: { name, namespace },
    spec: {
      startTime: new Date(start).toISOString(),
      endTime: new Date(end).toISOString(),
      expectedPeakPercent: 600,
      ...spec,
    },
  };
}

/** A quiet day of 100 requests per second on average, and `peak` times as much five minutes into each sale, sinking after. */
export function shopDemand(
  sales: readonly { readonly start: number; readonly end: number; readonly peak: number }[],
): DemandOf {
  return (_service, time) => {
    const hour = (time % 86_400_000) / 3_600_000;
    const base = 100 * (1 + 0.5 * Math.sin(((hour - 9) / 24) * 2 * Math.PI));
    const sale = sales.find(({ start, end }) => start <= time && time < end);
    if (sale === undefined) return base;
    const minutes = (time - sale.start) / 60_000;
    const shape = minutes < 5 ? (minutes + 1) / 6 : Math.exp(-(minutes - 5) / 60);
    return base * (1 + (sale.peak - 1) * shape);
  };
}

/** A metric store that knows `demand` and never fails. */
export function madeUpSource(demand: DemandOf): MetricSource {
  return {
    type: 'made-up',
    async readRange({ query, start, end, stepSeconds }) {
      const steps = (end - start) / (stepSeconds * 1000);
      return {
        start,
        stepSeconds,
        values: Array.from({ length: steps }, (_, index) => demand(query, start + index * stepSeconds * 1000)),
      };
    },
  };
}

/** The namespace comes with the first object in it. */
async function post(connection: Connection, store: ObjectStore, object: KubeObject): Promise<void> {
  const namespace = object.metadata.namespace;
  if (namespace !== undefined && store.collection('namespaces').get('', namespace) === undefined)
    await connection.resource(namespaces).create({ metadata: { name: namespace } });
  const found = store
    .collections()
    .find(({ definition }) => definition.kind === object.kind && apiVersionOf(definition) === object.apiVersion);
  if (found === undefined) throw new Error(`no ${object.kind} of ${object.apiVersion} is served`);
  await connection
    .resource(found.definition)
    .create(object as { metadata: { name: string } }, { fieldManager: 'kubectl' });
}

function kindOf(store: ObjectStore, resource: string): ResourceKind {
  return store.collection(resource).definition;
}

function recordBounds(store: ObjectStore, clock: SandboxClock): SeenBounds[] {
  const seen: SeenBounds[] = [];
  const last = new Map<string, string>();
  store.collection<Autoscaler>(stored.hpas).subscribe(({ object }) => {
    const { name, namespace = '', annotations } = object.metadata;
    const { minReplicas, maxReplicas } = object.spec;
    const floor = annotations?.[`${group}/floor`];
    const floorMax = annotations?.[`${group}/floor-max`];
    const facts = { namespace, name, minReplicas, maxReplicas, floor, floorMax };
    if (last.get(`${namespace}/${name}`) === JSON.stringify(facts)) return;
    last.set(`${namespace}/${name}`, JSON.stringify(facts));
    seen.push({ at: clock.now(), ...facts });
  });
  return seen;
}
