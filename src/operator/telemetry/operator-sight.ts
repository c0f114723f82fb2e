import type { Clock } from '../../api/clock.ts';
import type { Observation } from '../../observe/observation.ts';
import type { ClusterWatch } from '../../observe/watch-cluster.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { ViewedForecasts } from '../ahead/viewed-forecasts.ts';
import type { KeptForecasts } from '../forecasting/kept-forecasts.ts';
import type { ChannelFacts } from '../notify/channel-worker.ts';
import type { Settings } from '../settings/settings.ts';

/** What the operator's sight is made of. */
interface SightParts {
  readonly watch: Pick<ClusterWatch, 'namespaces' | 'read' | 'stats'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: Settings;
  readonly identity: string;
  readonly leader: { readonly leading: boolean };
  readonly budget: { readonly restMs: number };
  /** Returns what the reconciles work with: forecasts, and the channels where something is sent. */
  readonly line?: () => {
    readonly forecasts: KeptForecasts;
    readonly notifier?: { readonly channels: readonly ChannelFacts[] };
  };
}

/** What the operator has in memory, to be shown: its caches, and what the newest reconcile of each namespace decided. */
export class OperatorSight {
  readonly #parts: SightParts;
  readonly #newest = new Map<string, { readonly observation: Observation; readonly plan: Plan }>();
  #viewed: ViewedForecasts | undefined;
  #revision = 0;

  constructor(parts: SightParts) {
    this.#parts = parts;
  }

  /** Domain time, epoch ms. */
  now(): number {
    return this.#parts.clock.now();
  }

  /** Namespaces with a Headstart object, sorted. */
  namespaces(): readonly string[] {
    return this.#parts.watch.namespaces();
  }

  /** Objects of a namespace as the caches hold them. */
  read(namespace: string): ReturnType<ClusterWatch['read']> {
    return this.#parts.watch.read(namespace);
  }

  /** Undefined on a replica that does not lead, and before the first reconcile. */
  newest(namespace: string): { readonly observation: Observation; readonly plan: Plan } | undefined {
    return this.#newest.get(namespace);
  }

  /** The outlook on a sale that is not over; undefined where it is not known, or not yet. */
  outlook(namespace: string, salePlan: string): SaleOutlook | undefined {
    const newest = this.#newest.get(namespace);
    if (newest === undefined) return undefined;
    const current = newest.plan.sales.find(outlook => outlook.salePlan === salePlan);
    return current ?? this.#forViewers()?.saleAhead(newest.observation, salePlan);
  }

  /** Demand of a target in the coming hours, or why it is not known; undefined until it is made. */
  hoursAhead(namespace: string, target: string): ReturnType<ViewedForecasts['hoursAhead']> {
    const newest = this.#newest.get(namespace);
    return newest && this.#forViewers()?.hoursAhead(newest.observation, target);
  }

  caches(): ReturnType<ClusterWatch['stats']> {
    return this.#parts.watch.stats();
  }

  /** Channels of notices, by name. */
  channels(): readonly ChannelFacts[] {
    return this.#parts.line?.().notifier?.channels ?? [];
  }

  /** A number that rises with each change that can be shown. */
  get revision(): number {
    return this.#revision;
  }

  get replica() {
    const { identity, leader, settings, budget } = this.#parts;
    return {
      identity,
      leading: leader.leading,
      dryRun: settings.dryRun,
      restMs: budget.restMs,
      sources: Object.keys(settings.sources).sort(),
    };
  }

  /** Notes that something may look different. */
  touch(): void {
    this.#revision += 1;
  }

  /** Keeps what a reconcile saw and decided, in place of the one before. */
  put(namespace: string, { observation, plan }: { readonly observation: Observation; readonly plan: Plan }): void {
    this.#newest.set(namespace, { observation, plan });
    this.touch();
  }

  /** Forgets a namespace that has no object of Headstart any more. */
  forget(namespace: string): void {
    if (this.#newest.delete(namespace)) this.touch();
  }

  /** Forgets what was decided while this replica led. */
  clear(): void {
    this.#newest.clear();
    this.#viewed?.clear();
    this.touch();
  }

  #forViewers(): ViewedForecasts | undefined {
    const { line } = this.#parts;
    if (line !== undefined) this.#viewed ??= new ViewedForecasts(line().forecasts, () => this.touch());
    return this.#viewed;
  }
}
