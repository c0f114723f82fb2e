import type { AppliedWrite } from '../../apply/applied.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { NamespaceSeries } from './namespace-series.ts';

/** Logs and counts the writes of a namespace; returns how many of them changed something. */
export function tellWrites(
  { log, metrics, series }: { readonly log: Log; readonly metrics: Metrics; readonly series: NamespaceSeries },
  namespace: string,
  writes: readonly AppliedWrite[],
): number {
  let written = 0;
  for (const { kind, name, part, outcome, message, decided } of writes) {
    if (outcome === 'Unchanged') continue;
    series.count(namespace, metrics.writes, { labels: { namespace, kind, part, outcome }, by: 1 });
    const steps = decided === undefined ? {} : { because: decided.because.map(step => step.message) };
    const facts = { namespace, kind, name, part, outcome, what: message, ...steps };
    if (outcome === 'Written') written += 1;
    if (outcome === 'Written') log[part === 'Status' ? 'debug' : 'info']('written', facts);
    else log.warn('not written', facts);
  }
  return written;
}
