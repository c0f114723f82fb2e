import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { wallClock } from '../wall-clock.ts';

/**
 * Reads the time of the cluster, epoch ms: this machine's, unless the API server's answers are dated otherwise, as those of
 * a sandbox whose time runs faster.
 *
 * @throws TransportError when there is no answer
 */
export async function readClusterTime({ transport, serverClock }: Connection): Promise<number> {
  try {
    await transport.send({ method: 'GET', path: '/version' });
  } catch (error) {
    // Also a refusal is dated.
    if (!isApiError(error)) throw error;
  }
  return wallClock.now() - serverClock.skewMs;
}
