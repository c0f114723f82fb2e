import type { Clock } from '../../api/clock.ts';
import { formatInstant } from '../../api/instant.ts';
import type { ScaleUpRecord } from '../../api/learned/scale-up.ts';
import { type WorkloadRef, workloadKey } from '../../api/workload-key.ts';
import type { Change } from '../../kube/watch/object-cache.ts';
import type { WorkloadObservation } from '../observation.ts';
import type { PodRecord } from './observe-pod.ts';
import { type FindPods, findPods } from './observe-pods.ts';

/** Milliseconds after which a scale-up counts as one that never became ready. */
const patienceMs = 3_600_000;
/** Milliseconds by which an HPA's `lastScaleTime` may be earlier than a watch that was cut showed the replicas. */
const watchDelayMs = 40_000;
/** Milliseconds between the two clocks of one measurement from which the machine's clock was set meanwhile. */
const clockStepMs = 2_000;
/** Finished scale-ups that are kept for the next report of their target. */
const mostFinished = 8;

/** What is read of an HPA: what it scales, and when it last did, epoch ms of the API server. */
interface ScalingRecord {
  readonly scales: WorkloadRef;
  readonly scaledAt?: number;
}

interface Standing {
  readonly uid: string;
  readonly replicas: number;
  readonly selector?: string | undefined;
  readonly open?: OpenScaleUp | undefined;
  readonly finished: readonly ScaleUpRecord[];
}

interface OpenScaleUp {
  readonly at: number;
  readonly monotonicMs: number;
  readonly added: number;
  readonly neededNodes?: boolean;
}

/**
 * Measures scale-ups from the events of the watches, whoever makes them: from the change of `spec.replicas` (from an
 * HPA's `lastScaleTime` where that is earlier) until so many replicas are ready.
 *
 *   seen                                                     →  becomes
 *   more replicas wanted, fewer ready                           a measurement; one under way ends, untold
 *   as many ready as wanted                                     a finished scale-up
 *   fewer replicas wanted, another object of the same name      nothing: the measurement ends, untold
 *   more ready than were wanted before (a rollout's surge)      nothing
 *   not ready for an hour                                       a scale-up that never became ready
 *   the machine's clock was set meanwhile                       nothing
 *
 * A restart loses the measurement that is under way, and no plan depends on it: plans read the status of the target.
 */
export class SeenScaleUps {
  readonly #clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly #skewMs: () => number;
  readonly #standing = new Map<string, Map<string, Standing>>();
  /** Epoch ms of the API server, by namespace and workloadKey. */
  readonly #scaledAt = new Map<string, number>();

  /** @param skewMs our clock minus the API server's, in ms */
  constructor(clock: Pick<Clock, 'now' | 'monotonicMs'>, skewMs: () => number) {
    this.#clock = clock;
    this.#skewMs = skewMs;
  }

  /** Notes an event of a workload. */
  readonly note = ({ type, namespace, value }: Change<WorkloadObservation>): void => {
    const key = workloadKey(value);
    const known = this.#standing.get(namespace) ?? new Map<string, Standing>();
    if (type === 'Deleted') {
      known.delete(key);
      this.#scaledAt.delete(`${namespace}/${key}`);
      if (known.size === 0) this.#standing.delete(namespace);
      return;
    }
    this.#standing.set(namespace, known);
    known.set(key, this.#next(known.get(key), value, { namespace, key }));
  };

  /** Notes when an HPA last scaled its workload. */
  noteAutoscaler({ type, namespace, value: { scales, scaledAt } }: Change<ScalingRecord>): void {
    if (type !== 'Deleted' && scaledAt !== undefined)
      this.#scaledAt.set(`${namespace}/${workloadKey(scales)}`, scaledAt);
  }

  /** Returns the finished scale-ups of a namespace by workloadKey, the oldest first, having looked at its pods, if known. */
  read(namespace: string, pods?: readonly PodRecord[]): ReadonlyMap<string, readonly ScaleUpRecord[]> {
    const known = this.#standing.get(namespace) ?? new Map<string, Standing>();
    const measured = [...known].filter(([, { open }]) => open !== undefined);
    const podsOf = pods === undefined || measured.length === 0 ? undefined : findPods(pods, 0);
    for (const [key, standing] of measured) {
      const looked = podsOf === undefined ? standing : lookAtPods(standing, podsOf);
      known.set(key, this.#end(looked, { namespace, key, isReady: false }));
    }
    return new Map([...known].flatMap(([key, { finished }]) => (finished.length === 0 ? [] : [[key, finished]])));
  }

  #next(
    before: Standing | undefined,
    { uid, replicas, readyReplicas, selector }: WorkloadObservation,
    at: { readonly namespace: string; readonly key: string },
  ): Standing {
    if (before === undefined || before.uid !== uid) return { uid, replicas, selector, finished: [] };
    const isMeasured = replicas > before.replicas && readyReplicas < replicas && readyReplicas <= before.replicas;
    const begun = isMeasured ? this.#begin(replicas - before.replicas) : undefined;
    const open = replicas === before.replicas ? before.open : begun;
    return this.#end({ ...before, replicas, selector, open }, { ...at, isReady: readyReplicas >= replicas });
  }

  #begin(added: number): OpenScaleUp {
    return { at: this.#clock.now(), monotonicMs: this.#clock.monotonicMs(), added };
  }

  /** Ends a measurement that is ready or out of patience. */
  #end(
    standing: Standing,
    { namespace, key, isReady }: { readonly namespace: string; readonly key: string; readonly isReady: boolean },
  ): Standing {
    const { open, finished } = standing;
    if (open === undefined) return standing;
    const seenMs = this.#clock.monotonicMs() - open.monotonicMs;
    const isClockSet = Math.abs(this.#clock.now() - open.at - seenMs) > clockStepMs;
    if (isClockSet) return { ...standing, open: undefined };
    if (!isReady && seenMs < patienceMs) return standing;
    const earlierMs = this.#earlierMs(open.at, `${namespace}/${key}`);
    const { added, neededNodes } = open;
    const record: ScaleUpRecord = {
      at: formatInstant(open.at - earlierMs),
      workload: key.slice(key.lastIndexOf('/') + 1),
      added,
      ...(isReady ? { seconds: Math.ceil((seenMs + earlierMs) / 1000) } : {}),
      ...(neededNodes === undefined ? {} : { neededNodes }),
    };
    return { ...standing, open: undefined, finished: [...finished, record].slice(-mostFinished) };
  }

  /** Milliseconds by which the HPA scaled before the watch showed it. */
  #earlierMs(at: number, key: string): number {
    const scaledAt = this.#scaledAt.get(key);
    const earlierMs = scaledAt === undefined ? 0 : at - scaledAt - this.#skewMs();
    return earlierMs > 0 && earlierMs <= watchDelayMs ? earlierMs : 0;
  }
}

/** Notes whether one of the pods finds no node. */
function lookAtPods(standing: Standing, podsOf: FindPods): Standing {
  const { open, selector } = standing;
  if (open === undefined || selector === undefined) return standing;
  const waits = podsOf(selector).unready.some(({ reason }) => reason === 'Unschedulable');
  return { ...standing, open: { ...open, neededNodes: open.neededNodes === true || waits } };
}
