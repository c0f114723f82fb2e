import { TransportError } from '../../api-error.ts';

/** Error for a kubeconfig, or a part of it, that cannot be used: code CREDENTIALS, nothing was sent. */
export function refuseKubeconfig(message: string, cause?: unknown): TransportError {
  return new TransportError('CREDENTIALS', false, message, cause === undefined ? undefined : { cause });
}
