import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startProcess, untilReady } from '../control-plane/child-process.ts';
import { findFreePorts } from '../control-plane/free-port.ts';
import { type CounterFamilies, writeOpenMetrics } from '../history/write-open-metrics.ts';

export interface Prometheus {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's Prometheus, filled with counters. Its blocks may reach past the present: instant queries then answer
 * what was "measured" up to now, so that a recorded sale is replayed in real time.
 * @param folder an existing folder of the caller's
 * @throws Error with the package to install, when prometheus or promtool is missing
 */
export async function startPrometheus(
  folder: string,
  families: CounterFamilies,
  flags: readonly string[] = [],
): Promise<Prometheus> {
  const [prometheus, promtool] = ['prometheus', 'promtool'].map(findProgram);
  if (prometheus === undefined || promtool === undefined) {
    throw new Error(
      'the suite needs a real Prometheus: apt-get install prometheus (prometheus and promtool on the PATH)',
    );
  }
  const data = path.join(folder, 'data');
  const text = path.join(folder, 'history.om');
  mkdirSync(data, { recursive: true });
  await writeOpenMetrics(text, families);
  // One block for all: promtool reads the whole text once per block, and 28 days are 336 blocks of two hours.
  const blocks = ['tsdb', 'create-blocks-from', '--max-block-duration=1488h', 'openmetrics', '-q', text, data];
  await promisify(execFile)(promtool, blocks, { maxBuffer: 1 << 24 });

  const config = path.join(folder, 'prometheus.yml');
  writeFileSync(config, '{}\n');
  const [port = 0] = await findFreePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const server = startProcess({
    name: 'prometheus',
    command: prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    logFile: path.join(folder, 'prometheus.log'),
  });
  await untilReady(server, async () => (await fetch(`${url}/-/ready`)).ok, 60_000);
  return { url, stop: () => server.stop() };
}

function findProgram(name: string): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.map(folder => path.join(folder, name)).find(file => existsSync(file));
}
