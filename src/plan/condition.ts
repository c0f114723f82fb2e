import type { ConditionUpdate } from '../api/condition.ts';

/** A statement in one line: type, status, reason, and the sentence. */
export function condition(
  type: string,
  status: ConditionUpdate['status'],
  reason: string,
  message: string,
): ConditionUpdate {
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
