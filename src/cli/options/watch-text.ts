import { realTiming, type Timing } from '../../kube/timing.ts';

/** Milliseconds between two reads. */
const everyMs = 2000;

/** Prints what `read` gives, and again whenever it gives something else, until the signal is aborted. */
export async function watchText(
  read: () => Promise<string>,
  print: (text: string) => void,
  signal: AbortSignal,
  timing: Pick<Timing, 'sleep'> = realTiming,
): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    const text = await read();
    if (text !== last) print(last === undefined ? text : `\n${text}`);
    last = text;
    await timing.sleep(everyMs, signal).catch(() => undefined);
  }
}
