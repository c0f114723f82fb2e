import { userInfo } from 'node:os';
import { z } from 'zod';
import { isApiError } from './api-error.ts';
import type { Connection } from './connect.ts';

const reviewSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string().min(1) }) }) });

/** Asks the API server for the caller's user name; the local user's name where it knows no users, as in the sandbox. */
export async function callerName({ transport }: Pick<Connection, 'transport'>): Promise<string> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  try {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const answer = await transport.send({ method: 'POST', path, body, idempotent: true });
    return reviewSchema.parse(JSON.parse(answer.body.toString('utf8'))).status.userInfo.username;
  } catch (error) {
    if (isApiError(error, 404)) return userInfo().username;
    throw error;
  }
}
