import type { Clock } from '../../api/clock.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';
import { type AnsweredSecond, answerTimes } from '../../simulate/answer-times.ts';
import type { Demand } from '../../simulate/call-graph.ts';
import type { PodUsage } from '../../simulate/hpa-spec.ts';
import type { SimulatedService } from '../../simulate/service.ts';
import type { MetricsApi } from './metrics-api.ts';
import type { ClusterRecord } from './record-cluster.ts';
import { isReady, type Pod, pods, requestOf, workloadOf } from './workload-objects.ts';

export interface LiveMarketplaceOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly namespace: string;
  readonly services: readonly SimulatedService[];
  readonly demand: Demand;
  /** The record of the ready pods that serve the demand. */
  readonly record: ClusterRecord;
}

export interface LiveMarketplace {
  /** Metrics as metrics-server would give them: CPU per pod, scraped every 15 s. */
  readonly metrics: MetricsApi;
  /** How a service answered in the newest complete second. */
  latest(service: string): AnsweredSecond | undefined;
}

const scrapeMs = 15_000;
/** Delay of scrapes after HPA syncs, which are not in step in real clusters; half a period is the mean. */
const scrapeOffsetMs = 7_500;
/** CPU that a pod uses while it warms up without requests, as a share of its request. */
const idleShare = 0.05;

/**
 * Runs the simulated traffic through the ready pods, in domain time. A pod uses its whole CPU request when it serves
 * exactly the stated capacity, and saturation limits its usage: an HPA sees that pods are full, but not how many more
 * are needed.
 */
export function startLiveMarketplace(options: LiveMarketplaceOptions, signal: AbortSignal): LiveMarketplace {
  const { clock } = options;
  const meters = new Map(options.services.map(service => [service.name, startMeter(options, service)]));
  const usages = new Map<string, PodUsage>();
  const run = async () => {
    await clock.sleep(scrapeMs - ((clock.now() - scrapeOffsetMs) % scrapeMs), signal);
    for (;;) {
      scrape(options, meters, usages);
      await clock.sleep(scrapeMs, signal);
    }
  };
  run().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return {
    metrics: {
      podUsage: (namespace, pod, resource) => (resource === 'cpu' ? usages.get(`${namespace}/${pod}`) : undefined),
      external: () => undefined,
    },
    latest: service => meters.get(service)?.readUntil(clock.now()).at(-1),
  };
}

interface Meter {
  /** Returns the seconds since the last call that ended by `now`; the newest one again when no second has passed. */
  readUntil(now: number): readonly AnsweredSecond[];
}

function startMeter({ clock, demand, record }: LiveMarketplaceOptions, service: SimulatedService): Meter {
  const from = clock.now();
  const seconds = answerTimes({ service, demand, ready: ownValue(record.ready, service.name) ?? [], from });
  let next = from;
  let newest: readonly AnsweredSecond[] = [];
  return {
    readUntil: now => {
      const read: AnsweredSecond[] = [];
      for (; next + 1000 <= now; next += 1000) read.push(seconds.next().value as AnsweredSecond);
      if (read.length > 0) newest = read.slice(-1);
      return read.length > 0 ? read : newest;
    },
  };
}

function scrape(
  { store, clock, namespace, services }: LiveMarketplaceOptions,
  meters: ReadonlyMap<string, Meter>,
  usages: Map<string, PodUsage>,
): void {
  const present = store.collection<Pod>(pods).list(namespace);
  usages.clear();
  for (const service of services) {
    const seconds = meters.get(service.name)?.readUntil(clock.now()) ?? [];
    const served = seconds.reduce((sum, second) => sum + second.served, 0);
    const able = seconds.reduce((sum, second) => sum + second.ready * service.capacityPerReplica, 0);
    for (const pod of present) {
      if (workloadOf(pod) !== service.name || pod.status?.phase !== 'Running') continue;
      const share = isReady(pod) && able > 0 ? Math.max(idleShare, served / able) : idleShare;
      const value = share * requestOf(pod, 'cpu');
      usages.set(`${namespace}/${pod.metadata.name}`, { value, at: clock.now(), windowMs: scrapeMs });
    }
  }
}
