import path from 'node:path';
import { startProcess, untilReady } from '../control-plane/child-process.ts';
import { findFreePorts } from '../control-plane/free-port.ts';

export interface VictoriaMetrics {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Loads samples in Prometheus' text format with milliseconds, and makes them visible to queries. */
  load(text: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a single node of VictoriaMetrics; `binary` comes from `buildVictoriaMetrics`, `folder` exists and is the
 * caller's.
 */
export async function startVictoriaMetrics(
  binary: string,
  folder: string,
  flags: readonly string[],
): Promise<VictoriaMetrics> {
  const [port = 0] = await findFreePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const server = startProcess({
    name: 'victoria-metrics',
    command: binary,
    args: [
      `-storageDataPath=${path.join(folder, 'victoria-metrics')}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=10y',
      ...flags,
    ],
    logFile: path.join(folder, 'victoria-metrics.log'),
  });
  await untilReady(server, async () => (await fetch(`${url}/health`)).ok, 60_000);
  return {
    url,
    async load(text) {
      const taken = await fetch(`${url}/api/v1/import/prometheus`, { method: 'POST', body: text });
      if (!taken.ok) throw new Error(`VictoriaMetrics took no samples: ${taken.status}`);
      await fetch(`${url}/internal/force_flush`);
    },
    stop: () => server.stop(),
  };
}
