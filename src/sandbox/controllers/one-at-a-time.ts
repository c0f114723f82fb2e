/**
 * A queue that runs `work` for one object at a time. Requests for an object that is being worked on cause one more run,
 * however many they are. Stops silently once `signal` is aborted.
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
