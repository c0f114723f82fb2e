import {
  autoscalers,
  flashSales,
  salePlans,
  scalingPolicies,
  scalingTargets,
} from '../kube/resources/resource-kind.ts';
import type { CacheDoubt } from '../observe/cache-doubt.ts';
import type { Observation } from '../observe/observation.ts';

/** What may be recorded and told of a namespace while some kinds of it were never read. */
export interface ReportScope {
  /** Whether SalePlans may be created: without their cache nobody knows which exist. */
  readonly createsSalePlans: boolean;
  /** Whether SalePlans may be revised: a plan without targets, sales or a policy would replace a good one. */
  readonly revisesSalePlans: boolean;
  /** Whether sales may be told: without targets each would be told that it has no entry point. */
  readonly tellsSales: boolean;
  /** Whether targets are read again before they are raised: their cache may hold one that is gone. */
  readonly readsTargets: boolean;
}

/** Decides what may be recorded and told. Stale caches restrict little, because every write is conditional. */
export function reportScope({ doubts = [] }: Pick<Observation, 'doubts'>): ReportScope {
  const isUnread = ({ kind }: { readonly kind: string }) =>
    doubts.some((doubt: CacheDoubt) => doubt.kind === kind && doubt.state === 'Unread');
  return {
    createsSalePlans: !isUnread(salePlans),
    revisesSalePlans: ![flashSales, scalingTargets, scalingPolicies, autoscalers].some(isUnread),
    tellsSales: !isUnread(scalingTargets),
    readsTargets: doubts.some(({ kind }) => kind === scalingTargets.kind),
  };
}
