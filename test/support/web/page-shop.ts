import { parseScalingPolicy } from '../../../src/api/scaling-policy.ts';
import type { NamespaceObjects, PolicyRecord } from '../../../src/observe/namespace-objects.ts';
import { revisePlan } from '../../../src/plan/revise-plan.ts';
import type { PageSource } from '../../../src/web/page-source.ts';
import { planObservation } from '../shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../shop/planned-namespace.ts';

/** A page's source over one namespace as a reconcile of it leaves it, with every plan recorded. */
export function pageSourceOf(given: Given, changes: Partial<PageSource> = {}): PageSource {
  const observation = observationOf(given);
  const plan = planObservation(observation, forecastsOf(given, observation));
  const salePlans = observation.salePlans.map(record => {
    const outlook = plan.sales.find(({ salePlan }) => salePlan === record.metadata.name);
    const revised = outlook === undefined ? undefined : revisePlan(outlook, undefined, plan.now);
    return { value: { ...record, status: { ...record.status, ...(revised === undefined ? {} : { plan: revised }) } } };
  });
  const told = (name: string) => plan.sales.find(({ sale }) => sale === name);
  const objects: NamespaceObjects = {
    sales: observation.sales.map(sale => {
      const outlook = told(sale.metadata.name);
      const conditions = (outlook?.conditions ?? []).map(one => ({ ...one, lastTransitionTime: given.now }));
      const status = {
        startTime: sale.spec.startTime,
        ...(outlook?.verdict === undefined ? {} : { verdict: outlook.verdict }),
        ...(outlook?.peakPercent === undefined ? {} : { peakPercent: outlook.peakPercent }),
        conditions,
      };
      return { value: { ...sale, status } };
    }),
    targets: observation.targets.map(({ target }) => ({ value: target })),
    policies: [],
    salePlans,
    autoscalers: [],
    workloads: [],
  };
  const { namespace } = observation;
  return {
    now: () => observation.now,
    namespaces: () => [namespace],
    read: () => objects,
    newest: () => ({ observation, plan }),
    outlook: (_, salePlan) => plan.sales.find(outlook => outlook.salePlan === salePlan),
    hoursAhead: () => undefined,
    revision: 1,
    caches: () => [],
    channels: () => [],
    replica: { identity: 'headstart-0', leading: true, dryRun: false, restMs: 0, sources: ['prometheus'] },
    ...changes,
  };
}

/** A page's source with one sale and one service, in which every sentence that can be written is `text()`. */
export function pageSourceWith(text: () => string): PageSource {
  const now = '2026-11-27T12:00:00Z';
  const source = pageSourceOf({
    now,
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
  });
  const [namespace = ''] = source.namespaces();
  const objects = source.read(namespace);
  const conditions = () => [
    { type: 'Ready', status: 'False' as const, reason: 'Bad', message: text(), lastTransitionTime: now },
  ];
  let [told, revision] = ['', 1];
  return {
    ...source,
    get revision() {
      if (text() !== told) [told, revision] = [text(), revision + 1];
      return revision;
    },
    read: () => ({
      ...objects,
      sales: objects.sales.map(one =>
        'value' in one ? { value: { ...one.value, status: { ...one.value.status, conditions: conditions() } } } : one,
      ),
      targets: objects.targets.map(one =>
        'value' in one ? { value: { ...one.value, status: { conditions: conditions() } } } : one,
      ),
      salePlans: objects.salePlans.map(one => {
        if (!('value' in one) || one.value.status?.plan === undefined) return one;
        const plan = { ...one.value.status.plan, peakBasis: text(), peakRange: text(), risks: [text()] };
        return { value: { ...one.value, status: { ...one.value.status, plan } } };
      }),
    }),
    get replica() {
      return { ...source.replica, identity: text() };
    },
  };
}

/** The policy of a namespace with this `spec` and `status`, as the caches hold it. */
export function policyRecords(spec: object, status: object = {}): readonly PolicyRecord[] {
  const raw = {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingPolicy',
    metadata: { name: 'default', namespace: 'shop' },
    spec,
    status,
  };
  return [{ name: 'default', read: { value: parseScalingPolicy(raw) }, raw }];
}
