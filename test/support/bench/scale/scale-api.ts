/** A process with an API server that holds a cluster for the benchmark of scale; its settings are its argument. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { startApiServer } from '../../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../../src/apiserver/kinds/built-in-resources.ts';
import type { KubeObject } from '../../../../src/apiserver/objects/kube-object.ts';
import { ObjectStore } from '../../../../src/apiserver/store/object-store.ts';
import { connect } from '../../../../src/kube/connect.ts';
import { flashSale, service } from '../../shop/sandbox-shop.ts';
import { pastSales, type ScaleQuestion, type ScaleSettings } from './scale-settings.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const settings: ScaleSettings = JSON.parse(process.argv[2] ?? '{}');
const clock = { now: () => Date.now() };
const store = new ObjectStore({ clock, resources: builtInResources, historyLimit: 100_000 });
const writes: Record<string, number> = {};
const server = await startApiServer({
  store,
  clock,
  onAnswered: ({ method, url }) => {
    const pathname = new URL(url, 'http://api').pathname;
    if (method === 'GET' || pathname.includes('/leases') || pathname.includes('/events')) return;
    const [resource = '', , part] = pathname.split('/').slice(pathname.startsWith('/apis') ? 6 : 5);
    const name = part === undefined ? resource : `${resource}/${part}`;
    writes[name] = (writes[name] ?? 0) + 1;
  },
});
const connection = await connect({ server: server.url });
for (const plural of ['flashsales', 'scalingtargets', 'scalingpolicies', 'saleplans'])
  await connection
    .resource({
      group: 'apiextensions.k8s.io',
      version: 'v1',
      kind: 'CustomResourceDefinition',
      plural: 'customresourcedefinitions',
      namespaced: false,
    })
    .create(parse(readFileSync(path.join('crds', `${plural}.yaml`), 'utf8')));

/** Past the HTTP server: what it would fill in is stated. */
function add(object: object): void {
  const { kind } = object as KubeObject;
  const collection = store.collections().find(({ definition }) => definition.kind === kind);
  collection?.create(object as KubeObject);
}

for (let n = 0; n < settings.namespaces; n++) {
  const namespace = `shop-${n}`;
  add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (let t = 0; t < settings.targets; t++)
    for (const object of service(`service-${t}`, { namespace, spec: targetSpec(t) })) add(withReplicas(object));
  const sale = (name: string, start: number, end: number) =>
    add(flashSale(name, start, end, { timeZone: 'UTC', cancelled: false, entryPoints: ['service-0'] }, namespace));
  for (let s = 0; s < settings.salesAhead; s++) {
    const start =
      Math.floor(settings.now / hourMs) * hourMs +
      6 * hourMs +
      Math.floor((s * 90 * 24) / settings.salesAhead) * hourMs +
      (n % 60) * 60_000;
    sale(`ahead-${s}`, start, start + 2 * hourMs);
  }
  for (const [s, { start, end }] of pastSales(settings).entries()) sale(`past-${s}`, start, end);
  if (settings.hasLongSale) sale('season', settings.now - hourMs, settings.now + 92 * dayMs);
}

/** An entry point that calls all others. */
function targetSpec(index: number): object {
  const calls =
    index === 0
      ? Array.from({ length: settings.targets - 1 }, (_, t) => ({
          target: `service-${t + 1}`,
          perThousandRequests: 500,
        }))
      : [];
  return {
    entryPoint: index === 0,
    calls,
    demand: { source: 'prometheus', query: `service-${index}`, stepSeconds: 60, historyDays: 28 },
    headroomPercent: 20,
    paused: 'None',
    ordinaryPeaks: false,
  };
}

function withReplicas(object: object): object {
  const { kind } = object as KubeObject;
  if (kind === 'Deployment') return { ...object, status: { replicas: 4, readyReplicas: 4, availableReplicas: 4 } };
  if (kind === 'HorizontalPodAutoscaler') return { ...object, status: { currentReplicas: 4, desiredReplicas: 4 } };
  return object;
}

process.on('message', (question: ScaleQuestion) => {
  if (question === 'Reset') for (const name of Object.keys(writes)) delete writes[name];
  process.send?.({ writes });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url });
