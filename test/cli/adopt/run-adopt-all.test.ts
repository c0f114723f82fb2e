import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { startApiServer } from '../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';
import { type Connection, connect } from '../../../src/kube/connect.ts';
import { autoscalers, namespaces, scaledObjects, scalingTargets } from '../../../src/kube/resources/resource-kind.ts';
import { type PrometheusEndpoint, startPrometheusEndpoint } from '../../../src/sandbox/prometheus-endpoint.ts';
import { customResourceDefinitions } from '../../contracts/kube-client.ts';
import { hpa, namespace, ownedBy, scaledObject } from '../../support/cli/adoptable.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { scaledObjectDefinition } from '../../support/shop/scaled-service.ts';

/** A namespace with HPAs of every sort, and a Prometheus that has the demand of some of them. */
const folder = mkdtempSync(path.join(tmpdir(), 'headstart-adopt-'));
const settings = path.join(folder, 'settings.yaml');
const dayMs = 86_400_000;
const wave = (t: number) => 100 + 50 * Math.sin((2 * Math.PI * t) / dayMs);
const keda = 'sum(rate(envoy_requests_total{app="orders"}[1m]))';
const demand = {
  web: `sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="shop",destination_workload="web"}[1m]))`,
  api: `sum(rate(http_server_requests_seconds_count{namespace="shop",pod=~"api-[a-z0-9]+-[a-z0-9]{5}",uri!~"/actuator.*"}[2m]))`,
  twin: `sum(rate(http_requests_total{namespace="shop",pod=~"twin-[a-z0-9]+-[a-z0-9]{5}"}[1m]))`,
  twinSet: `sum(rate(http_requests_total{namespace="shop",pod=~"twin-[0-9]+"}[1m]))`,
  ofBothTwins: `sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="shop",destination_workload="twin"}[1m]))`,
  edge: 'sum(http_requests_per_second{namespace="shop",pod=~"edge-[a-z0-9]+-[a-z0-9]{5}"})',
  orders: keda,
};

let prometheus: PrometheusEndpoint;
let server: Awaited<ReturnType<typeof startApiServer>>;
let connection: Connection;

beforeAll(async () => {
  const clock = { now: () => Date.now() };
  const series = [
    ...Object.values(demand).map(query => ({ query, windowSeconds: 60, mean: wave })),
    ...['web', 'orders'].map(name => ({
      query: `sum(kube_deployment_status_replicas_ready{namespace="shop",deployment="${name}"})`,
      windowSeconds: 60,
      mean: () => 5,
    })),
  ];
  prometheus = await startPrometheusEndpoint(series, clock);
  writeFileSync(settings, stringify({ sources: { prometheus: { type: 'prometheus', url: prometheus.url } } }));
  const store = new ObjectStore({ clock, resources: builtInResources });
  server = await startApiServer({ store, clock });
  connection = await connect({ server: server.url });
  await connection.resource(namespaces).create({ metadata: { name: namespace } });
  const definitions = connection.resource(customResourceDefinitions);
  for (const file of globSync('crds/*.yaml')) await definitions.apply(parse(readFileSync(file, 'utf8')));
  await definitions.apply(scaledObjectDefinition as never);
  const perPod = {
    type: 'Pods',
    pods: { metric: { name: 'http_requests_per_second' }, target: { type: 'AverageValue', averageValue: '45' } },
  };
  const hpas = [
    hpa('web'),
    hpa('api'),
    hpa('edge', { metrics: [perPod] }),
    hpa('keda-hpa-orders', { scales: 'orders', owner: ownedBy('keda.sh/v1alpha1', 'ScaledObject', 'orders') }),
    hpa('keda-hpa-mail', { scales: 'mail', owner: ownedBy('keda.sh/v1alpha1', 'ScaledObject', 'mail') }),
    hpa('silent'),
    hpa('tortoise-hpa', { scales: 'slow', owner: ownedBy('autoscaling.mercari.com/v1beta3', 'Tortoise', 'slow') }),
    hpa('twin'),
    hpa('twin-set', { scales: 'twin', kind: 'StatefulSet' }),
    hpa('twice-a', { scales: 'twice' }),
    hpa('twice-b', { scales: 'twice' }),
  ];
  for (const one of hpas) await connection.resource(autoscalers).create(one as never);
  for (const one of [scaledObject('orders', 3, keda), scaledObject('mail', 0, keda)])
    await connection.resource(scaledObjects).create(one);
});
afterAll(async () => {
  connection.close();
  await server.close();
  await prometheus.close();
  rmSync(folder, { recursive: true });
});

const adopt = (...args: readonly string[]) =>
  runHere('adopt', '--all', '-n', namespace, '--server', server.url, '--settings', settings, ...args);
const targetIn = (place: string, name: string) =>
  parseScalingTarget(parse(readFileSync(path.join(folder, place, `${name}.yaml`), 'utf8')));

describe('headstart adopt --all', () => {
  test('writes a target for each HPA whose demand and capacity it finds, and says what it found', async () => {
    const { code, stdout } = await adopt('-o', path.join(folder, 'first'));
    expect(readdirSync(path.join(folder, 'first')).sort()).toEqual(['edge.yaml', 'orders.yaml', 'web.yaml']);
    expect(targetIn('first', 'web').spec).toMatchObject({
      mode: 'ForecastOnly',
      baseline: { minReplicas: 4, maxReplicas: 20 },
      ceiling: 60,
      demand: { source: 'prometheus', query: demand.web },
    });
    // A sine between 50 and 150 over 5 replicas lies below 29.9 per replica in 95 % of its minutes.
    expect(Number(targetIn('first', 'web').spec.capacityPerReplica)).toBeCloseTo(29.9, 0);
    expect(stdout).toMatch(
      /^web +web +Istio: 28 d at 60 s, newest .* old, daily.* season; 29\.\d+\/s a replica \(P95 of \d+ minutes/m,
    );
    expect(targetIn('first', 'edge').spec).toMatchObject({ capacityPerReplica: '45', demand: { query: demand.edge } });
    expect(stdout).toMatch(/^edge +edge +the HPA's metric http_requests_per_second: .* \(what the HPA aims at/m);
    expect(targetIn('first', 'orders').spec).toMatchObject({
      baseline: { minReplicas: 3, maxReplicas: 30 },
      capacityPerReplica: '40',
      demand: { query: keda },
    });
    expect(code).toBe(1);
  });

  test('leaves a file as it is that is there already, and says so', async () => {
    const file = path.join(folder, 'first', 'web.yaml');
    writeFileSync(file, 'edited');
    const { stderr } = await adopt('-o', path.join(folder, 'first'));
    expect(readFileSync(file, 'utf8')).toBe('edited');
    expect(stderr).toContain(`${file} is there already and left as it is: remove it to have it written.`);
  });

  test('says of each other HPA why there is no target, and what to do', async () => {
    const { stderr } = await adopt();
    expect(stderr).toMatch(/^api +- +Spring \(Micrometer\): .*state it with --capacity-of api=45$/m);
    expect(stderr).toMatch(
      /^silent +- +no requests per second of silent are in source prometheus: headstart adopt silent --query … takes yours$/m,
    );
    expect(stderr).toMatch(
      /^keda-hpa-mail +- +ScaledObject mail has minReplicaCount: 0, .*Set minReplicaCount to 1 or more/m,
    );
    expect(stderr).toMatch(/^tortoise-hpa +- +HPA tortoise-hpa is .*Tortoise/m);
    expect(stderr).toMatch(/^twice-a +- +Deployment twice is scaled by twice-b as well: leave one HPA\.$/m);
  });

  test('takes the capacity that is stated, and what it writes is admitted and then left alone', async () => {
    const { stdout } = await adopt('--capacity-of', 'api=45', '-o', path.join(folder, 'second'));
    expect(stdout).toMatch(/^api +api +.*; 45\/s a replica \(stated\)$/m);
    for (const name of ['api', 'edge', 'orders', 'web'])
      await connection
        .resource(scalingTargets)
        .create(parse(readFileSync(path.join(folder, 'second', `${name}.yaml`), 'utf8')));
    const validated = await runHere('validate', path.join(folder, 'second'));
    expect(validated).toMatchObject({ code: 0, stdout: expect.stringContaining('4 objects, 0 errors') });
    expect((await adopt()).stderr).toContain('ScalingTarget shop/web scales Deployment web already');
  });

  test('gives workloads of one name targets of two, each with the demand of its own pods', async () => {
    const stated = ['--capacity-of', 'twin-deployment=45', 'twin-statefulset=20'];
    const { stdout } = await adopt(...stated, '-o', path.join(folder, 'twins'));
    expect(['twin-deployment', 'twin-statefulset'].map(name => targetIn('twins', name).spec)).toMatchObject([
      { workloadRef: { kind: 'Deployment', name: 'twin' }, capacityPerReplica: '45', demand: { query: demand.twin } },
      { workloadRef: { kind: 'StatefulSet' }, capacityPerReplica: '20', demand: { query: demand.twinSet } },
    ]);
    expect(stdout).toMatch(/^twin-set +twin-statefulset +its own http_requests_total: /m);
  });

  test.each([
    [['adopt', '--all', 'web'], 2, /name one HPA, or say --all/],
    [['adopt'], 2, /name one HPA, or say --all/],
    [['adopt', '--all'], 2, /--all needs --settings/],
    [
      ['adopt', '--all', '--settings', settings, '--source', 'thanos'],
      1,
      /has no source thanos, only prometheus: name one with --source/,
    ],
    [
      ['adopt', '--all', '--settings', settings, '--capacity-of', 'api'],
      2,
      /expected a workload and what one replica serves, as checkout=45/,
    ],
    ...(['api=', 'api=fast', 'api=0', 'api=-4'] as const).map(
      stated =>
        [
          ['adopt', '--all', '--settings', settings, '--capacity-of', stated],
          2,
          /is no number of requests per second above 0, as 45 or 1\.5k/,
        ] as const,
    ),
    [['adopt', '--all', '--settings', settings, '--capacity-of', 'api=4', 'api=5'], 2, /api is named twice/],
    [
      ['adopt', '--all', '--settings', settings, '-n', namespace, '--capacity-of', 'ap=45'],
      1,
      /--capacity-of names ap, which no HPA of the namespace scales: it has api, edge, mail, /,
    ],
    [['adopt', 'web', '--capacity', 'fast'], 2, /is no number of requests per second/],
  ] as const)('%j is refused', async (args, code, message) => {
    const refused = await runHere(...args, '--server', server.url);
    expect(refused.stderr).toMatch(message);
    expect(refused.code).toBe(code);
  });
});
