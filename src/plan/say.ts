import type { Statement } from '../api/condition.ts';

/** A statement in one line: type, status, reason, and the sentence. */
export function say(type: string, status: Statement['status'], reason: string, message: string): Statement {
  return { type, status, reason, message };
}
