import type { NamespaceObjects } from '../../observe/namespace-objects.ts';
import type { PageSource } from '../page-source.ts';
import type { Access, AccessReviews } from './review-access.ts';
import type { Viewer } from './viewer.ts';

/** Kinds of a namespace whose objects a viewer may list. */
interface Listable {
  readonly flashSales: boolean;
  readonly salePlans: boolean;
  readonly scalingTargets: boolean;
  readonly policies: boolean;
}

const nothing: Listable = { flashSales: false, salePlans: false, scalingTargets: false, policies: false };

/**
 * Limits a source to what a viewer may list in these namespaces, kind by kind. Every view is made of such a source.
 *
 *   the viewer may list             →  the source has
 *   FlashSales                         FlashSales
 *   FlashSales and SalePlans           SalePlans
 *   ScalingTargets                     ScalingTargets, and what the newest reconcile saw of them
 *   ScalingPolicies                    ScalingPolicies: the price of replicas, and the freeze windows
 *
 * @throws ApiError, TransportError when the cluster does not say what the viewer may do
 */
export async function limitSource(
  source: PageSource,
  reviews: Pick<AccessReviews, 'may'>,
  { viewer, namespaces }: { readonly viewer: Viewer; readonly namespaces: readonly string[] },
): Promise<PageSource> {
  if (viewer.kind === 'Local') return source;
  const listable = new Map<string, Listable>();
  await Promise.all(
    namespaces.map(async namespace => {
      const may = (resource: Access['resource']) => reviews.may(viewer, { verb: 'list', resource, namespace });
      const [flashSales, salePlans, scalingTargets, policies] = await Promise.all([
        may('flashsales'),
        may('saleplans'),
        may('scalingtargets'),
        may('scalingpolicies'),
      ]);
      listable.set(namespace, { flashSales, salePlans: flashSales && salePlans, scalingTargets, policies });
    }),
  );
  const listableIn = (namespace: string) => listable.get(namespace) ?? nothing;
  return {
    now: () => source.now(),
    namespaces: () =>
      namespaces.filter(namespace => listableIn(namespace).flashSales || listableIn(namespace).scalingTargets),
    read: namespace => limitObjects(source.read(namespace), listableIn(namespace)),
    newest: namespace => (listableIn(namespace).scalingTargets ? source.newest(namespace) : undefined),
    outlook: (namespace, salePlan) =>
      listableIn(namespace).scalingTargets && listableIn(namespace).salePlans
        ? source.outlook(namespace, salePlan)
        : undefined,
    hoursAhead: (namespace, target) =>
      listableIn(namespace).scalingTargets ? source.hoursAhead(namespace, target) : undefined,
    scope: JSON.stringify(namespaces.map(namespace => [namespace, listableIn(namespace)])),
    revision: source.revision,
    caches: () => source.caches(),
    channels: () => source.channels(),
    replica: source.replica,
  };
}

function limitObjects(
  { sales, salePlans, targets, policies }: NamespaceObjects,
  { flashSales: maySales, salePlans: mayPlans, scalingTargets: mayTargets, policies: mayPolicies }: Listable,
): NamespaceObjects {
  return {
    sales: maySales ? sales : [],
    salePlans: mayPlans ? salePlans : [],
    targets: mayTargets ? targets : [],
    policies: mayPolicies ? policies : [],
    autoscalers: [],
    workloads: [],
  };
}
