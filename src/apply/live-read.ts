import { isApiError } from '../kube/api-error.ts';

/** The object, or undefined when there is none any more. Every other failure stays one. */
export async function toGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 404, 410)) return undefined;
    throw error;
  }
}
