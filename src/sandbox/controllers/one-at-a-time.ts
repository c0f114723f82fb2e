/**
 * A queue by object: asking for one that is being worked on means once more afterwards, however often it was asked.
 * Ends quietly once `signal` is aborted.
 */
export function oneAtATime(
  work: (namespace: string, name: string) => Promise<void>,
  signal: AbortSignal,
): (namespace: string, name: string) => void {
  const waiting = new Set<string>();
  const running = new Set<string>();
  const run = async (key: string, namespace: string, name: string) => {
    running.add(key);
    try {
      while (waiting.delete(key) && !signal.aborted) await work(namespace, name);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      running.delete(key);
    }
  };
  return (namespace, name) => {
    const key = `${namespace}/${name}`;
    waiting.add(key);
    if (!running.has(key)) void run(key, namespace, name);
  };
}
