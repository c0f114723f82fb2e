import { restoreFinalizer } from '../../../../src/api/group.ts';
import type { RaisedObject } from '../../../../src/api/scaling-target.ts';
import type { KubeObject } from '../../../../src/apiserver/objects/kube-object.ts';
import type { Operator } from '../../../../src/operator/start-operator.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored, tickMs } from '../sandbox-shop.ts';
import type { Fate, ProxiedRequest } from './faulty-proxy.ts';

/** The write at which a process dies, counted from 0, and how. */
export interface Crash {
  readonly write: number;
  /** Before it arrives, or after it was applied and before its answer. */
  readonly when: 'Before' | 'After';
  /** When the next process starts: with the next tick, or once the sale is over. */
  readonly restart: 'AtOnce' | 'AfterTheSale';
}

/** What one sale left behind, and what was seen on the way. */
export interface LivedSale {
  /** Every write of the processes that is part of a raise or a restore, in order: method and path. */
  readonly writes: readonly string[];
  /** What stands raised without a record of it, or with a record that nothing keeps, at any tick. */
  readonly unkept: readonly string[];
  /** The highest minimum, or replicas without an HPA, at any tick. */
  readonly highest: number;
  /** The number of changes of bounds or of replicas by Headstart. */
  readonly changes: number;
  /** Minimum, finalizers, marks and ledger in the end. */
  readonly left: object;
}

interface Target extends KubeObject {
  readonly status?: { readonly raised?: readonly RaisedObject[] };
}
interface Autoscaler extends KubeObject {
  readonly spec: { readonly minReplicas: number; readonly maxReplicas: number };
}
interface Workload extends KubeObject {
  readonly spec: { readonly replicas: number };
}

const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + minutes(2);
const baseline = 4;
const isCounted = ({ method, url }: ProxiedRequest) =>
  method === 'PATCH' && /scalingtargets\/gateway(\/status)?\?|horizontalpodautoscalers\/|\/scale\?/.test(url);

/** Lives through one short sale of a workload with or without an HPA, whose operator dies at one write. */
export async function crashAtWrite(scaler: 'HPA' | 'Scale', crash?: Crash): Promise<LivedSale> {
  const shop = await openShop({ start: start - minutes(3), demand: shopDemand([{ start, end, peak: 6 }]) });
  const writes: string[] = [];
  let operator: Operator | undefined;
  let death: Promise<void> | undefined;
  const fate = (request: ProxiedRequest): Fate => {
    if (death !== undefined) return 'Cut';
    if (!isCounted(request)) return 'Pass';
    writes.push(`${request.method} ${new URL(request.url, 'http://api').pathname.split('/').slice(6).join('/')}`);
    if (writes.length - 1 !== crash?.write) return 'Pass';
    const dying = operator;
    death = new Promise(resolve => {
      setImmediate(() => void (dying === undefined ? undefined : shop.kill(dying))?.then(resolve));
    });
    return crash.when === 'Before' ? 'Cut' : 'Lose';
  };
  try {
    await shop.create(...service('gateway', { hpa: scaler === 'HPA' }), flashSale('drop', start, end));
    operator = await shop.operator({ fate });
    await operator.whenLeading();
    let isRestarted = false;
    const unkept = new Set<string>();
    let highest = 0;
    let changes = 0;
    let before = replicasOf(shop, scaler);
    // Replicas without an HPA go back with the demand of the newest ten minutes.
    const over = end + minutes(scaler === 'Scale' ? 20 : 4);
    for (let at = start - minutes(3) + tickMs; at <= over; at += at < end + minutes(4) ? tickMs : minutes(1)) {
      await shop.moveTo(at);
      await death;
      const isDue = crash?.restart === 'AtOnce' || at >= end;
      if (death !== undefined && !isRestarted && isDue) {
        isRestarted = true;
        const next = await shop.operator();
        await next.whenLeading();
        await next.idle();
      }
      const now = replicasOf(shop, scaler);
      if (now !== before) changes += 1;
      before = now;
      highest = Math.max(highest, now);
      for (const fault of unkeptOf(shop, scaler)) unkept.add(fault);
    }
    return { writes, unkept: [...unkept], highest, changes, left: leftOf(shop, scaler) };
  } finally {
    await shop.close();
  }
}

/** What is wrong with the record of what stands raised now. */
function unkeptOf(shop: Shop, scaler: 'HPA' | 'Scale'): readonly string[] {
  const { metadata, status } = shop.get<Target>(stored.targets, 'gateway');
  const { metadata: raised } = shop.get(scaler === 'HPA' ? stored.hpas : stored.deployments, 'gateway');
  const isMarked = markOf(shop, scaler) !== undefined;
  const isRaised = scaler === 'HPA' ? isMarked : replicasOf(shop, scaler) > baseline;
  const recorded = status?.raised?.find(({ uid }) => uid === raised.uid);
  const faults: string[] = [];
  if (isRaised && recorded === undefined) faults.push('raised without a record');
  if (isRaised && metadata.finalizers?.includes(restoreFinalizer) !== true) faults.push('raised without the finalizer');
  if (recorded !== undefined && recorded.minReplicas !== baseline)
    faults.push(`recorded ${recorded.minReplicas} as before`);
  return faults;
}

function replicasOf(shop: Shop, scaler: 'HPA' | 'Scale'): number {
  if (scaler === 'HPA') return shop.get<Autoscaler>(stored.hpas, 'gateway').spec.minReplicas;
  return shop.get<Workload>(stored.deployments, 'gateway').spec.replicas;
}

/** The floor that Headstart has annotated: on the HPA, else on the target. */
function markOf(shop: Shop, scaler: 'HPA' | 'Scale'): string | undefined {
  const { metadata } = shop.get(scaler === 'HPA' ? stored.hpas : stored.targets, 'gateway');
  return metadata.annotations?.['headstart.dev/floor'];
}

function leftOf(shop: Shop, scaler: 'HPA' | 'Scale'): object {
  const { metadata, status } = shop.get<Target>(stored.targets, 'gateway');
  return {
    replicas: replicasOf(shop, scaler),
    mark: markOf(shop, scaler),
    finalizers: metadata.finalizers ?? [],
    raised: status?.raised?.length ?? 0,
  };
}
