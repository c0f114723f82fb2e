import type { UndatedCondition } from '../api/condition.ts';
import type { ConditionReason, ConditionType } from '../api/conditions/condition-catalogue.ts';

/** Builds a condition: type and reason from the catalogue, and a message for people. */
export function condition<T extends ConditionType>(
  type: T,
  status: UndatedCondition['status'],
  reason: ConditionReason<T>,
  message: string,
): UndatedCondition & { readonly type: T; readonly reason: ConditionReason<T> } {
  return { type, status, reason, message };
}

/** Formats a count with its noun: `1 target`, `2 targets`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text with a full stop at its end. */
export function sentenceOf(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
