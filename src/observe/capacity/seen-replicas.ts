import type { Clock } from '../../api/clock.ts';
import { workloadKey } from '../../api/workload-key.ts';
import type { Change } from '../../kube/watch/object-cache.ts';
import type { SteadyReplicas } from '../../learn/capacity/learn-capacity.ts';
import type { WorkloadObservation } from '../observation.ts';

/** Milliseconds for which times are remembered: as long as the recent demand of an observation. */
const keptMs = 2 * 3_600_000;
/** Times that are remembered of one workload; one that changes more often is not steady. */
const mostTimes = 40;

interface Time extends Omit<SteadyReplicas, 'until'> {
  readonly uid: string;
  /** Epoch ms; absent while it lasts. */
  readonly until?: number;
  /** Whether as many replicas were ready as were wanted, and no more. */
  readonly isWhole: boolean;
}

/** Remembers, from the events of the watches, in which times of the last two hours a workload's replicas were all ready. */
export class SeenReplicas {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #times = new Map<string, Map<string, readonly Time[]>>();

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

  /** Returns the times of a namespace in which all wanted replicas were ready, by workloadKey, the oldest first. */
  read(namespace: string): ReadonlyMap<string, readonly SteadyReplicas[]> {
    const now = this.#clock.now();
    const steady = [...(this.#times.get(namespace) ?? [])].map(
      ([key, times]) => [key, times.flatMap(time => steadyTime(time, now))] as const,
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

function steadyTime({ from, until, ready, isWhole, revision }: Time, now: number): readonly SteadyReplicas[] {
  if (!isWhole) return [];
  return [{ from, until: until ?? now, ready, ...(revision === undefined ? {} : { revision }) }];
}
