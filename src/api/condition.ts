import { z } from 'zod';
import { type ConditionReason, type ConditionType, conditionEntry } from './conditions/condition-catalogue.ts';
import { generation, instant } from './field.ts';
import { formatInstant } from './instant.ts';
import { shortenToLength } from './shorten-text.ts';

const messageLength = 32_768;

/** One observation about an object, as Kubernetes' `metav1.Condition`. @see https://kubernetes.io/docs/reference/using-api/ */
export const conditionSchema = z.object({
  type: z
    .string()
    .max(316)
    .regex(/^[A-Z][A-Za-z0-9]*$/),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/),
  message: z.string().max(messageLength),
  lastTransitionTime: instant,
  observedGeneration: generation.optional(),
});

/** The conditions of an object's status: a map keyed by type. */
export const conditionsSchema = z.array(conditionSchema).max(32);

export type Condition = Readonly<z.infer<typeof conditionSchema>>;

/** A condition of any Kubernetes kind without lastTransitionTime, which `mergeConditions` sets. */
export type UndatedCondition = Readonly<Pick<Condition, 'type' | 'status' | 'reason' | 'message'>>;

/** A condition of one of Headstart's kinds before it is merged, with a type and a reason of the catalogue. */
export type ConditionUpdate<T extends ConditionType = ConditionType> = T extends ConditionType
  ? UndatedCondition & { readonly type: T; readonly reason: ConditionReason<T> }
  : never;

/**
 * Merges `updates` made at `now` into the conditions. `lastTransitionTime` moves only when `status` changes, and the
 * result is sorted by type, so repeating an update changes no byte. Drops Headstart's types that are not in `updates`,
 * because a condition must not outlive its reason; keeps the types of other writers.
 */
export function mergeConditions(
  present: readonly Condition[],
  updates: readonly UndatedCondition[],
  now: number,
  observedGeneration?: number,
): readonly Condition[] {
  const known = new Map(present.map(condition => [condition.type, condition]));
  const merged = new Map([...known].filter(([type]) => conditionEntry(type) === undefined));
  for (const { type, status, reason, message } of updates) {
    const before = known.get(type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : formatInstant(now);
    merged.set(type, {
      type,
      status,
      reason,
      message: shortenToLength(message, messageLength),
      lastTransitionTime,
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
    });
  }
  return [...merged.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}
