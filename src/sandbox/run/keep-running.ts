import type { Clock } from '../../api/clock.ts';
import type { Connection } from '../../kube/connect.ts';
import type { Operator } from '../../operator/start-operator.ts';
import type { SandboxClock } from '../sandbox-clock.ts';

/** The sandbox's cluster while its API answers. */
export interface RunningSandbox {
  /** Address of its Kubernetes API. */
  readonly url: string;
  readonly clock: SandboxClock;
  readonly operator: Pick<Operator, 'tick' | 'sight'>;
  readonly connection: Connection;
}

const pauseMs = 500;
const tickMs = 15_000;
/** Most real time, in milliseconds, that is caught up at once, as after the machine slept. */
const mostCaughtUpMs = 5_000;

/**
 * Lets the sandbox's time go on with a real clock, `speed` times as fast, and the operator with it, until the signal
 * aborts. The operator looks twice a second, so that an applied object is answered at once.
 */
export async function keepRunning(
  { clock, operator }: Pick<RunningSandbox, 'clock'> & { readonly operator: Pick<Operator, 'tick'> },
  { wall, speed, signal }: { readonly wall: Clock; readonly speed: number; readonly signal: AbortSignal },
): Promise<void> {
  let seen = wall.monotonicMs();
  while (!signal.aborted) {
    await wall.sleep(pauseMs, signal).catch(() => undefined);
    const passed = Math.min(mostCaughtUpMs, wall.monotonicMs() - seen);
    seen = wall.monotonicMs();
    const until = clock.now() + Math.round(passed * speed);
    while (clock.now() < until && !signal.aborted) {
      await clock.advanceTo(Math.min(until, clock.now() + tickMs));
      await operator.tick();
    }
  }
}
