import { formatDuration } from '../../../api/duration.ts';
import type { TargetCheck } from './target-check.ts';

/** Seconds below which no pod is ready, and above which none takes to be. */
const shortest = 5;
const longest = 3600;

/** A lead time in which no pod is ready, or so long that the raise comes before the demand is known. */
export function leadTimeRisk({ desired: { name, observed } }: TargetCheck): readonly string[] {
  const { seconds, source } = observed.leadTime;
  if (seconds >= shortest && seconds <= longest) return [];
  const what = `${name}: the ${source === 'Stated' ? 'stated' : 'measured'} lead time is ${formatDuration(seconds)}`;
  const effect =
    seconds < shortest
      ? 'so bounds are raised too late for pods to be ready at the start'
      : 'so bounds are raised that long before the start';
  return [`${what}, ${effect}. State in leadTimeSeconds how long a new pod takes to be ready.`];
}
