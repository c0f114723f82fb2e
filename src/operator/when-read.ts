import type { ClusterWatch } from '../observe/watch-cluster.ts';
import { unreadKinds } from './telemetry/when-filled.ts';

export interface FirstReading {
  readonly watch: Pick<ClusterWatch, 'whenSynced' | 'stats'>;
  /** Address of the API server, for messages. */
  readonly server: string;
  /** Called with a sentence about what cannot be read yet, after `firstMs` and then every `laterMs`. */
  readonly tell: (sentence: string) => void;
  /** Milliseconds after which reading is given up. */
  readonly withinMs: number;
  /** Milliseconds until the first sentence. @default 4_000 */
  readonly firstMs?: number;
  /** Milliseconds between further sentences. @default 10_000 */
  readonly laterMs?: number;
}

/** Waits for the first complete reading. @throws Error naming the server and what could not be read in time */
export async function whenRead(reading: FirstReading): Promise<void> {
  const { watch, server, tell, withinMs, firstMs = 4_000, laterMs = 10_000 } = reading;
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const complainAfter = (ms: number) => {
    timer = setTimeout(() => {
      const leftSeconds = Math.round((withinMs - (performance.now() - started)) / 1000);
      tell(`${describeUnread(watch, server)}; trying for ${leftSeconds} s more`);
      complainAfter(laterMs);
    }, ms);
  };
  complainAfter(firstMs);
  try {
    await watch.whenSynced(AbortSignal.timeout(withinMs));
  } catch (cause) {
    const seconds = withinMs / 1000;
    throw new Error(`${describeUnread(watch, server)}; gave up after ${seconds} s, nothing was changed`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

function describeUnread(watch: FirstReading['watch'], server: string): string {
  const unread = unreadKinds(watch);
  const failure = unread.find(({ lastFailure }) => lastFailure !== undefined)?.lastFailure ?? 'no answer yet';
  return `${server}: cannot read ${unread.map(({ kind }) => kind).join(', ')}: ${failure}`;
}
