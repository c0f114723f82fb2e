import { formatDuration } from '../../../api/duration.ts';
import type { TargetCheck } from './target-check.ts';

/** Shortest and longest plausible lead time, in seconds: no pod is ready sooner, and none takes longer. */
const shortest = 5;
const longest = 3600;

/** Reports a lead time too short for a pod to be ready, or so long that the raise comes before the demand is known. */
export function leadTimeRisk({ desired: { name, observed } }: TargetCheck): readonly string[] {
  const { source, warmUpSeconds = 0 } = observed.leadTime;
  const seconds = observed.leadTime.seconds - warmUpSeconds;
  if (seconds >= shortest && seconds <= longest) return [];
  const what = `${name}: the ${source === 'Stated' ? 'stated' : 'measured'} lead time is ${formatDuration(seconds)}`;
  const effect =
    seconds < shortest
      ? 'so bounds are raised too late for pods to be ready at the start'
      : 'so bounds are raised that long before the start';
  return [`${what}, ${effect}. State in leadTimeSeconds how long a new pod takes to be ready.`];
}
