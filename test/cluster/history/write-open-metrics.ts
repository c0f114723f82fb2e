import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Series } from '../../../forecasts/index.ts';

/** The rate of one counter, which is written as a cumulative count. */
export interface CounterSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Requests per second. */
  readonly rate: Series;
}

/** Counters by the family's name, without `_total`. */
export type CounterFamilies = Readonly<Record<string, readonly CounterSeries[]>>;

/**
 * Writes the rates as cumulative counters in OpenMetrics text. A step's requests are counted at its end, as in a
 * scrape; where a rate is null, no sample is written.
 */
export async function writeOpenMetrics(file: string, families: CounterFamilies): Promise<void> {
  const out = createWriteStream(file);
  for (const [family, counters] of Object.entries(families)) {
    out.write(`# TYPE ${family} counter\n`);
    for (const counter of counters) await writeCounter(out, family, counter);
  }
  out.end('# EOF\n');
  await once(out, 'finish');
}

async function writeCounter(out: WriteStream, family: string, { labels, rate }: CounterSeries): Promise<void> {
  const name = `${family}_total{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`)}}`;
  let total = 0;
  let chunk = '';
  for (const [i, value] of rate.values.entries()) {
    if (value === null) continue;
    total += value * rate.stepSeconds;
    chunk += `${name} ${total.toFixed(3)} ${rate.start / 1000 + (i + 1) * rate.stepSeconds}\n`;
    if (chunk.length > 1 << 16) {
      if (!out.write(chunk)) await once(out, 'drain');
      chunk = '';
    }
  }
  out.write(chunk);
}
