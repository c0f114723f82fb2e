import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { unpackTool } from '../support/kubectl/unpack-kubectl.ts';
import { runTool, writeInstallation } from '../support/pages/installation.ts';
import type { ChildProcess } from './control-plane/child-process.ts';
import { writeServiceAccountKubeconfig } from './control-plane/service-account-kubeconfig.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';
import { operatorAccount } from './sale/install-operator.ts';
import { shopService } from './sale/shop-service.ts';
import { runHeadstart, startOperatorWith } from './sale/start-operator.ts';
import { until } from './support/kubernetes-client.ts';

const hasTools = unpackTool('kubectl') !== undefined;
const namespace = 'shop';
/** Requests per second of each service on an ordinary day; one replica serves ten. */
const demand = { web: 40, cart: 30, catalog: 35, search: 25, checkout: 20, mail: 15 };
const services = Object.keys(demand);
const minuteMs = 60_000;
const dayMinutes = 1440;
const baseline = { minReplicas: 4, maxReplicas: 12 };

let cluster: ControlPlane;
let store: Prometheus;
let operator: ChildProcess | undefined;
let folder: string;
const installation = writeInstallation(['--image', 'registry.example.com/headstart:1.2.3']);
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  cluster = await startControlPlane();
  ({ folder } = cluster);
  const start = Math.floor(Date.now() / minuteMs) * minuteMs - 8 * dayMinutes * minuteMs;
  const values = (rate: number) =>
    Array.from(
      { length: 8 * dayMinutes + 60 },
      (_, minute) => rate * (1 - 0.3 * Math.cos((2 * Math.PI * minute) / dayMinutes)),
    );
  const counters = Object.entries(demand).map(([name, rate]) => ({
    labels: { reporter: 'destination', destination_workload: name, destination_workload_namespace: namespace },
    rate: { start, stepSeconds: 60, values: values(rate) },
  }));
  mkdirSync(file('prometheus'));
  store = await startPrometheus(file('prometheus'), { istio_requests: counters });
  writeFileSync(file('settings.yaml'), stringify(settings()));
}, 300_000);

afterAll(async () => {
  await operator?.stop('SIGKILL');
  await store?.stop();
  await cluster?.stop();
  rmSync(installation, { recursive: true });
});

/** The first day of a platform team, as docs/install.md, docs/sre.md and docs/merchandiser.md tell it. */
describe.skipIf(!hasTools)(`from an own cluster to a floor${hasTools ? '' : ' (not tried: no kubectl here)'}`, () => {
  test('install', () => {
    kubectl('apply', '--server-side', '-f', `${installation}/manifests`);
    kubectl('create', 'namespace', namespace);
    writeFileSync(
      file('shop.yaml'),
      services
        .flatMap(service)
        .map(each => stringify(each))
        .join('---\n'),
    );
    kubectl('apply', '-f', file('shop.yaml'));
  });

  test('adopt six HPAs, with the demand that Istio counts', { timeout: 60_000 }, async () => {
    const said = await headstart(
      'adopt',
      '--all',
      '-n',
      namespace,
      '--settings',
      file('settings.yaml'),
      '--capacity-of',
      ...services.map(name => `${name}=10`),
      '-o',
      file('targets'),
    );
    expect(said).toMatch(/istio/i);
    expect(readdirSync(file('targets')).filter(name => name.endsWith('.yaml'))).toHaveLength(services.length);
    expect(await runHeadstart(folder, undefined, ['validate', file('targets')])).toMatchObject({ code: 0 });
    kubectl('apply', '-f', file('targets'));
  });

  test('check the source', { timeout: 60_000 }, async () => {
    const said = await headstart('sources', 'check', '-n', namespace, '--settings', file('settings.yaml'));
    for (const name of services) expect(said).toContain(name);
  });

  test('plan a sale, before it is written', { timeout: 120_000 }, async () => {
    const kubeconfig = file('operator.kubeconfig');
    await writeServiceAccountKubeconfig(cluster, operatorAccount, kubeconfig);
    operator = startOperatorWith({ folder, name: 'first-day', kubeconfig, settings: settings() });
    for (const name of services) patch(`scalingtarget/${name}`, { spec: { mode: 'Apply', leadTimeSeconds: 20 } });
    patch('scalingtarget/web', { spec: { entryPoint: true } });
    writeSale();
    expect(
      await headstart('plan', '-f', file('sale.yaml'), '-n', namespace, '--settings', file('settings.yaml')),
    ).toContain('web');
    expect(kubectl('get', 'flashsales', '-n', namespace)).not.toContain('friday');
  });

  test('raise, and say why', { timeout: 180_000 }, async () => {
    writeSale();
    kubectl('apply', '-f', file('sale.yaml'));
    await until('the raise', 120_000, minimum, replicas => replicas > baseline.minReplicas);
    expect(await headstart('explain', 'friday', '-n', namespace)).toContain('web');
    expect(await headstart('status', '-n', namespace)).toContain('friday');
  });

  test('report, once the sale is over and all is put back', { timeout: 240_000 }, async () => {
    await until('the end', 180_000, minimum, replicas => replicas === baseline.minReplicas);
    letVisitorsLeave();
    const asked = () => runHeadstart(folder, cluster.kubeconfig, ['report', 'friday', '-n', namespace]);
    const { logFile } = await until('the report', 90_000, asked, ({ code }) => code === 0);
    expect(readFileSync(logFile, 'utf8')).toContain('web');
  });

  test('uninstall, without a trace', { timeout: 120_000 }, async () => {
    await headstart('restore', '--all');
    await operator?.stop();
    kubectl('delete', '-f', `${installation}/manifests`);
    const autoscalers = kubectl('get', 'hpa', '-n', namespace, '-o', 'yaml');
    expect(autoscalers).not.toContain('headstart.dev');
    expect(await minimum()).toBe(baseline.minReplicas);
  });
});

/** Four times the load for half a minute, from half a minute on. */
function writeSale() {
  const instant = (seconds: number) => new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toISOString();
  const spec = { startTime: instant(30), endTime: instant(60), expectedPeakPercent: 400, entryPoints: ['web'] };
  const sale = {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'FlashSale',
    metadata: { name: 'friday', namespace },
    spec,
  };
  writeFileSync(file('sale.yaml'), stringify(sale));
}

/** A Deployment of a service, and its HPA by CPU, as most shops have them. */
function service(name: string): readonly object[] {
  const [deployment, autoscaler] = shopService({ name, namespace, baseline, capacityPerReplica: 10 });
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } };
  return [deployment ?? {}, { ...autoscaler, spec: { ...autoscaler?.spec, metrics: [cpu] } }];
}

function settings() {
  return {
    watchNamespaces: [namespace],
    sources: { prometheus: { type: 'prometheus', url: store.url } },
    leaderElection: { namespace: operatorAccount.namespace, name: 'headstart' },
    listen: { health: 'off', metrics: 'off' },
  };
}

/** The minimum of the entry point's HPA. */
async function minimum(): Promise<number> {
  return Number(kubectl('get', 'hpa', 'web', '-n', namespace, '-o', 'jsonpath={.spec.minReplicas}'));
}

/** Plays the HPA's part, which has no metrics here and so keeps what it wanted last. */
function letVisitorsLeave() {
  kubectl('scale', 'deployment/web', '-n', namespace, `--replicas=${baseline.minReplicas}`);
  const status = { currentReplicas: baseline.minReplicas, desiredReplicas: baseline.minReplicas };
  const flags = ['--subresource=status', '--type=merge', '--patch', JSON.stringify({ status })];
  kubectl('patch', 'hpa/web', '-n', namespace, ...flags);
}

function patch(what: string, change: object) {
  kubectl('patch', what, '-n', namespace, '--type=merge', '--patch', JSON.stringify(change));
}

/** @throws Error with what kubectl says */
function kubectl(...args: readonly string[]): string {
  const { status, stdout, stderr } = runTool('kubectl', args, { KUBECONFIG: cluster.kubeconfig });
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Runs the built command as its user does. @throws Error with what it says */
async function headstart(...args: readonly string[]): Promise<string> {
  const { code, logFile } = await runHeadstart(folder, cluster.kubeconfig, args);
  const said = readFileSync(logFile, 'utf8');
  if (code !== 0) throw new Error(`headstart ${args.join(' ')} exits ${code}: ${said}`);
  return said;
}
