import type { Clock } from '../../api/clock.ts';
import { workloadKey } from '../../api/workload-key.ts';
import type { Change } from '../../kube/watch/object-cache.ts';
import type { SteadyReplicas } from '../../learn/capacity/learn-capacity.ts';
import type { Saturation } from '../../learn/capacity/served-steps.ts';
import type { WorkloadObservation } from '../observation.ts';
import type { AutoscalerRecord } from '../workloads/observe-autoscaler.ts';

/** Milliseconds for which times are remembered: as long as the recent demand of an observation. */
const keptMs = 2 * 3_600_000;
/** Times that are remembered of one workload; one that changes more often is not steady. */
const mostTimes = 40;
/** Most times in which one HPA was above its target, or not, that are remembered. */
const mostSaid = 60;

interface Time extends Omit<SteadyReplicas, 'until'> {
  readonly uid: string;
  /** Epoch ms; absent while it lasts. */
  readonly until?: number;
  /** Whether as many replicas were ready as were wanted, and no more. */
  readonly isWhole: boolean;
}

/** A time in which an HPA said the same of its target; without `until` it lasts, epoch ms. */
type Said = Omit<Saturation, 'until'> & { readonly until?: number };

/**
 * Remembers, from the events of the watches, in which times of the last two hours a workload's replicas were all ready, and
 * in which its HPA was above its target.
 */
export class SeenReplicas {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #times = new Map<string, Map<string, readonly Time[]>>();
  readonly #said = new Map<string, Map<string, readonly Said[]>>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Notes an event of a workload. */
  readonly note = ({ type, namespace, value }: Change<WorkloadObservation>): void => {
    const key = workloadKey(value);
    const known = this.#times.get(namespace) ?? new Map<string, readonly Time[]>();
    this.#times.set(namespace, known);
    if (type === 'Deleted') known.delete(key);
    else known.set(key, this.#next(known.get(key) ?? [], value));
    if (known.size === 0) this.#times.delete(namespace);
  };

  /** Notes an event of an HPA. */
  readonly noteAutoscaler = ({ type, namespace, value }: Change<AutoscalerRecord>): void => {
    const now = this.#clock.now();
    const key = workloadKey(value.scales);
    const known = this.#said.get(namespace) ?? new Map<string, readonly Said[]>();
    this.#said.set(namespace, known);
    const isAbove = type === 'Deleted' ? undefined : value.isAbove;
    const said = known.get(key) ?? [];
    const last = said.at(-1);
    if (last?.until === undefined && last?.isAbove === isAbove) return;
    const ended = said.map(one => (one.until === undefined ? { ...one, until: now } : one));
    const recent = ended.filter(({ from, until = now }) => until > now - keptMs && from <= now);
    const next = isAbove === undefined ? recent : [...recent, { from: now, isAbove }];
    if (next.length === 0) known.delete(key);
    else known.set(key, next.slice(-mostSaid));
    if (known.size === 0) this.#said.delete(namespace);
  };

  /** Returns the times of a namespace in which all wanted replicas were ready, by workloadKey, the oldest first. */
  read(namespace: string): ReadonlyMap<string, readonly SteadyReplicas[]> {
    const now = this.#clock.now();
    const steady = [...(this.#times.get(namespace) ?? [])].map(
      ([key, times]) =>
        [key, times.flatMap(time => steadyTime(time, this.#said.get(namespace)?.get(key) ?? [], now))] as const,
    );
    return new Map(steady.filter(([, times]) => times.length > 0));
  }

  #next(
    times: readonly Time[],
    { uid, replicas, readyReplicas: ready, revision }: WorkloadObservation,
  ): readonly Time[] {
    const now = this.#clock.now();
    const last = times.at(-1);
    const time = {
      uid,
      from: now,
      ready,
      isWhole: ready === replicas,
      ...(revision === undefined ? {} : { revision }),
    };
    const isSame =
      last?.uid === uid && last.ready === ready && last.isWhole === time.isWhole && last.revision === revision;
    if (isSame) return times;
    const ended = times.map(one => (one.until === undefined ? { ...one, until: now } : one));
    return [...ended.filter(({ from, until = now }) => until > now - keptMs && from <= now), time].slice(-mostTimes);
  }
}

function steadyTime(time: Time, said: readonly Said[], now: number): readonly SteadyReplicas[] {
  const { from, until = now, ready, isWhole, revision } = time;
  if (!isWhole) return [];
  const saturation = said
    .map(one => ({ ...one, until: one.until ?? now }))
    .filter(one => one.from < until && from < one.until);
  return [
    {
      from,
      until,
      ready,
      ...(revision === undefined ? {} : { revision }),
      ...(saturation.length === 0 ? {} : { saturation }),
    },
  ];
}
