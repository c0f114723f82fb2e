import type { FlashSaleStatus } from '../../api/flash-sale.ts';
import { builtInResources } from '../../apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../apiserver/store/object-store.ts';
import { judgeOutcome, type Outcome } from '../../simulate/outcome.ts';
import { type MarketplaceCluster, startMarketplaceCluster } from '../marketplace-cluster.ts';
import { SandboxClock } from '../sandbox-clock.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

/** The domain time of a run, epoch ms. */
export interface RunSpan {
  /** The start of the cluster, early enough for its HPAs to settle by `from`. */
  readonly begin: number;
  /** The start of the time that is compared; the same for every run. */
  readonly from: number;
  readonly until: number;
}

export interface SandboxRun {
  readonly span: RunSpan;
  readonly outcome: Outcome;
  readonly record: MarketplaceCluster['record'];
}

/** What a run reports about itself while it goes on. */
export interface RunMoment {
  readonly now: number;
  readonly cluster: MarketplaceCluster;
  /** The FlashSale's status from the API; absent where there is no FlashSale. */
  readonly sale?: FlashSaleStatus;
}

export interface ClusterHandle {
  readonly store: ObjectStore;
  readonly clock: SandboxClock;
  readonly cluster: MarketplaceCluster;
  readonly span: RunSpan;
}

export const namespace = 'marketplace';

const minuteMs = 60_000;

/** The span from twenty minutes before the sale until half an hour after it, with ten minutes before that to settle. */
export function spanOf({ scenario }: SandboxScenario): RunSpan {
  const { start, end } = scenario.sale.announced;
  return { begin: start - 30 * minuteMs, from: start - 20 * minuteMs, until: end + 30 * minuteMs };
}

/**
 * Runs the sale with HPAs alone. Their maximum is the target's ceiling and not the baseline's, since an HPA that may
 * not grow would make the comparison unfair.
 */
export async function runHpaAlone(
  setup: SandboxScenario,
  onMinute: (moment: RunMoment) => void = () => {},
  span = spanOf(setup),
): Promise<SandboxRun> {
  const handle = startCluster(withCeilings(setup), span);
  const { clock, cluster } = handle;
  for (let t = span.begin; t <= span.until; t += minuteMs) {
    await clock.advanceTo(t);
    onMinute({ now: t, cluster });
  }
  cluster.stop();
  return judgeRun(setup, handle);
}

/** Gives each HPA its target's ceiling as its maximum. */
export function withCeilings(setup: SandboxScenario): SandboxScenario {
  const ceilings = new Map(setup.targets.map(({ metadata, spec }) => [metadata.name, spec.ceiling]));
  const autoscalers = setup.autoscalers.map(autoscaler => ({
    ...autoscaler,
    spec: { ...autoscaler.spec, maxReplicas: ceilings.get(autoscaler.metadata.name) ?? autoscaler.spec.maxReplicas },
  }));
  return { ...setup, autoscalers };
}

/** Starts a cluster with the scenario's workloads at the beginning of the span. */
export function startCluster(setup: SandboxScenario, span: RunSpan): ClusterHandle {
  const clock = new SandboxClock(span.begin);
  const store = new ObjectStore({ clock, resources: builtInResources });
  const cluster = startMarketplaceCluster({ ...setup, store, clock, namespace });
  return { store, clock, cluster, span };
}

/** Judges a run from the API's history and the simulator's load only, in the same way for every run. */
export function judgeRun({ scenario }: SandboxScenario, { span, cluster: { record } }: ClusterHandle): SandboxRun {
  return { span, record, outcome: judgeOutcome({ ...scenario, ...span, ready: record.ready }) };
}
