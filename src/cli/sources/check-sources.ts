import { formatDuration } from '../../api/duration.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { createMetricSource } from '../../observe/metrics/create-metric-source.ts';
import { type MetricSource, MetricSourceError } from '../../observe/metrics/metric-source.ts';
import type { Settings } from '../../operator/settings/settings.ts';
import { describeFound } from './describe-found.ts';

/** What was found at one source, or for one target's query. */
export interface SourceCheck {
  readonly source: string;
  /** Name of the target; undefined when the source itself was tried. */
  readonly target?: string;
  readonly isFine: boolean;
  /** What was found, or what is wrong and what to do. */
  readonly message: string;
}

const dayMs = 86_400_000;
/** Age in seconds from which the newest value is too old for a live correction. */
const oldestSeconds = 900;

/**
 * Asks each source for the history of each target's query, one after the other, and a source that no target uses for a
 * constant. `now` is epoch ms.
 */
export async function checkSources(input: {
  readonly settings: Pick<Settings, 'sources'>;
  readonly targets: readonly ScalingTarget[];
  readonly now: number;
  /** Called before each question. */
  readonly onAsk?: (what: string) => void;
}): Promise<readonly SourceCheck[]> {
  const { settings, targets, now, onAsk = () => undefined } = input;
  const sources = new Map(Object.entries(settings.sources).map(([name, one]) => [name, createMetricSource(one)]));
  const checks: SourceCheck[] = [];
  for (const { metadata, spec } of targets) {
    onAsk(metadata.name);
    const found = await checkTarget(sources.get(spec.demand.source), spec.demand, now);
    const known = [...sources.keys()].join(', ');
    checks.push({
      source: spec.demand.source,
      target: metadata.name,
      ...(found ?? {
        isFine: false,
        message: `is not in the settings, which have ${known === '' ? 'no source' : known}`,
      }),
    });
  }
  const used = new Set(targets.map(({ spec }) => spec.demand.source));
  for (const [name, source] of sources) {
    if (used.has(name)) continue;
    onAsk(name);
    checks.push({ source: name, ...(await checkAlone(source, ownValue(settings.sources, name)?.type, now)) });
  }
  return checks;
}

type Found = Pick<SourceCheck, 'isFine' | 'message'>;

async function checkTarget(
  source: MetricSource | undefined,
  { query, stepSeconds, historyDays }: ScalingTarget['spec']['demand'],
  now: number,
): Promise<Found | undefined> {
  if (source === undefined) return undefined;
  const stepMs = stepSeconds * 1000;
  const end = Math.floor(now / stepMs) * stepMs;
  const start = Math.floor((now - historyDays * dayMs) / stepMs) * stepMs;
  try {
    const series = await source.readRange({ query, start, end, stepSeconds });
    const found = describeFound(series, now);
    if (found === undefined)
      return { isFine: false, message: `no value in ${historyDays} d: try the query in the store itself: ${query}` };
    const last = series.values.findLastIndex(value => value !== null);
    const age = (now - (start + (last + 1) * stepMs)) / 1000;
    if (age > oldestSeconds)
      return { isFine: false, message: `${found}: nothing for ${formatDuration(age)}, is the service still measured?` };
    return { isFine: true, message: found };
  } catch (error) {
    return { isFine: false, message: describeFailure(error) };
  }
}

async function checkAlone(source: MetricSource, type: string | undefined, now: number): Promise<Found> {
  // Datadog has no query that holds without data.
  if (type !== 'prometheus') return { isFine: true, message: 'no target asks it, and it was not tried' };
  const end = Math.floor(now / 60_000) * 60_000;
  try {
    await source.readRange({ query: 'vector(1)', start: end - 300_000, end, stepSeconds: 60 });
    return { isFine: true, message: 'answers; no target asks it' };
  } catch (error) {
    return { isFine: false, message: describeFailure(error) };
  }
}

const mends: Readonly<Record<MetricSourceError['reason'], string>> = {
  Unreachable: 'check the address in the settings, and that it can be reached from here',
  Unauthorized: 'check tokenFile or the keys in the settings',
  Throttled: 'try again later',
  BadQuery: 'correct spec.demand.query of the target',
  TooLarge: 'raise spec.demand.stepSeconds, or aggregate in the query',
  Partial: 'see which part of the store is away',
  BadAnswer: 'check that the address is the API of the store, not its page',
};

function describeFailure(error: unknown): string {
  if (error instanceof MetricSourceError) return `${error.reason}: ${error.message} → ${mends[error.reason]}`;
  return error instanceof Error ? error.message : String(error);
}
