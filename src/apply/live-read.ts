import { isApiError } from '../kube/api-error.ts';

/** Returns the object, or undefined when it no longer exists. Every other failure is thrown. */
export async function toGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 404, 410)) return undefined;
    throw error;
  }
}
