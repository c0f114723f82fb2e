import { z } from 'zod';

/** One observation about an object, as Kubernetes' `metav1.Condition`. @see https://kubernetes.io/docs/reference/using-api/ */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.string(),
  observedGeneration: z.int().optional(),
});

export type Condition = Readonly<z.infer<typeof conditionSchema>>;

/** What a stage says about an object; when it changed is for `mergeConditions` to know. */
export type Statement = Readonly<Pick<Condition, 'type' | 'status' | 'reason' | 'message'>>;

/**
 * The conditions after saying `statements` at `now`: `lastTransitionTime` moves only when `status` changes, types that
 * are not mentioned stay, and the result is sorted by type, so saying the same thing twice changes no byte.
 */
export function mergeConditions(
  present: readonly Condition[],
  statements: readonly Statement[],
  now: number,
  observedGeneration?: number,
): readonly Condition[] {
  const merged = new Map(present.map(condition => [condition.type, condition]));
  for (const { type, status, reason, message } of statements) {
    const before = merged.get(type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : formatSecond(now);
    merged.set(type, {
      type,
      status,
      reason,
      message,
      lastTransitionTime,
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
    });
  }
  return [...merged.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** RFC 3339 to the second, as metav1.Time is written. */
function formatSecond(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
