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
/** How long, in milliseconds of real time, the sandbox's time stands still for a look that is not done. */
const patienceMs = 2_000;

/**
 * Lets the sandbox's time go on with a real clock, `speed` times as fast, and the operator with it, until the signal
 * aborts. The operator looks twice a second, so that an applied object is answered at once. A look that waits for the
 * sandbox's time, as a write that is tried again does, is not waited for.
 *
 * @throws what a look throws
 */
export async function keepRunning(
  { clock, operator }: Pick<RunningSandbox, 'clock'> & { readonly operator: Pick<Operator, 'tick'> },
  { wall, speed, signal }: { readonly wall: Clock; readonly speed: number; readonly signal: AbortSignal },
): Promise<void> {
  let seen = wall.monotonicMs();
  let look: Promise<void> | undefined;
  const lookOnce = async () => {
    const patience = new AbortController();
    look ??= operator.tick().finally(() => {
      look = undefined;
    });
    await Promise.race([
      look,
      wall.sleep(patienceMs, AbortSignal.any([signal, patience.signal])).catch(() => undefined),
    ]);
    patience.abort();
  };
  while (!signal.aborted) {
    await wall.sleep(pauseMs, signal).catch(() => undefined);
    const passed = Math.min(mostCaughtUpMs, wall.monotonicMs() - seen);
    seen = wall.monotonicMs();
    const until = clock.now() + Math.round(passed * speed);
    while (clock.now() < until && !signal.aborted) {
      await clock.advanceTo(Math.min(until, clock.now() + tickMs));
      await lookOnce();
    }
  }
  look?.catch(() => undefined);
}
