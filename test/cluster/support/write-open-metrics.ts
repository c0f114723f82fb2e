import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Series } from '../../../forecasts/index.ts';

/** One counter's rate, which is written as the cumulative count it comes from. */
export interface CounterSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Requests a second. */
  readonly rate: Series;
}

/**
 * Writes the rates as one cumulative counter in OpenMetrics text. A step's requests are counted at its end, as a scrape
 * would see them; where a rate is null nothing is scraped.
 * @param metric the family's name, without `_total`
 */
export async function writeOpenMetrics(
  file: string,
  metric: string,
  counters: readonly CounterSeries[],
): Promise<void> {
  const out = createWriteStream(file);
  out.write(`# TYPE ${metric} counter\n`);
  for (const { labels, rate } of counters) {
    const name = `${metric}_total{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`)}}`;
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
  out.end('# EOF\n');
  await once(out, 'finish');
}
