import { type BoundsSeen, formatInstant } from './trace.ts';

export interface DeclaredBounds {
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly ceiling: number;
}

/**
 * Complaints about every version of the bounds below the baseline, above the ceiling, or with minimum above maximum.
 */
export function judgeBounds(bounds: readonly BoundsSeen[], { baseline, ceiling }: DeclaredBounds): readonly string[] {
  if (bounds.length === 0) return ['no bounds were seen, nothing can be judged'];
  return bounds.flatMap(({ at, autoscaler, minReplicas, maxReplicas }) => {
    const what = `${autoscaler} ${minReplicas}..${maxReplicas} at ${formatInstant(at)}`;
    return [
      ...(minReplicas < baseline.minReplicas ? [`${what} is below the baseline's ${baseline.minReplicas}`] : []),
      ...(maxReplicas < baseline.maxReplicas ? [`${what}: the maximum is below the baseline's`] : []),
      ...(minReplicas > ceiling || maxReplicas > ceiling ? [`${what} is above the ceiling ${ceiling}`] : []),
      ...(minReplicas > maxReplicas ? [`${what} is upside down`] : []),
    ];
  });
}
