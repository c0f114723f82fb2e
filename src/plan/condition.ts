import type { UndatedCondition } from '../api/condition.ts';
import type { ConditionReason, ConditionType } from '../api/conditions/condition-catalogue.ts';

/** A condition in one line: type and reason of the catalogue, and the sentence for people. */
export function condition<T extends ConditionType>(
  type: T,
  status: UndatedCondition['status'],
  reason: ConditionReason<T>,
  message: string,
): UndatedCondition & { readonly type: T; readonly reason: ConditionReason<T> } {
  return { type, status, reason, message };
}

/** `1 target`, `2 targets`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text with a full stop at its end. */
export function sentenceOf(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
