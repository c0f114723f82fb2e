import { expect } from 'vitest';
import type { ApiAnswer } from './connection.ts';
import type { Body } from './driver.ts';

/** The answer is this refusal: a Status object of Kubernetes, with what `status` says of it. */
export function expectRefusal(answer: ApiAnswer, code: number, reason: string, status: Body = {}): void {
  expect(answer).toMatchObject({
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, ...status },
  });
}

/** The answer is 422, and names exactly these fields with these reasons. */
export function expectInvalid(answer: ApiAnswer, causes: Readonly<Record<string, string>>): void {
  expectRefusal(answer, 422, 'Invalid');
  const found: readonly Body[] = answer.body.details.causes;
  const byField = Object.fromEntries(found.map(({ field, reason }) => [field, reason]));
  expect(byField).toEqual(causes);
}

/** The entry of managedFields that `manager` has by `operation`; its fields as `fieldsV1`. */
export function managedBy(object: Body, manager: string, operation: 'Apply' | 'Update' = 'Apply'): Body | undefined {
  const entries: readonly Body[] = object.metadata.managedFields ?? [];
  return entries.find(entry => entry.manager === manager && entry.operation === operation);
}

export function namesOf(answer: ApiAnswer): readonly string[] {
  return answer.body.items.map((item: Body) => item.metadata.name);
}
