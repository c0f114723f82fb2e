import { refuseKubeconfig } from './refuse-kubeconfig.ts';

/**
 * Returns the id-token of the auth-provider `oidc` while it is valid. It is not renewed here: a provider that rotates
 * refresh tokens would leave a used one in the file, and kubectl would fail with it. kubectl renews it and writes it
 * back.
 *
 * @param wallMs the current time in epoch ms
 * @throws TransportError CREDENTIALS when there is no id-token, it is not a JWT or it has expired
 */
export function oidcToken(config: Readonly<Record<string, string>>, who: string, wallMs: number): string {
  const token = config['id-token'];
  if (token === undefined || token === '')
    throw refuseKubeconfig(`${who} has auth-provider oidc without an id-token; ${mend}`);
  const expiresMs = readExpiry(token);
  if (expiresMs === undefined)
    throw refuseKubeconfig(`${who}: the id-token of its auth-provider oidc is no JWT; ${mend}`);
  if (expiresMs <= wallMs)
    throw refuseKubeconfig(
      `${who}: the id-token of its auth-provider oidc expired at ${new Date(expiresMs).toISOString()}; ${mend}`,
    );
  return token;
}

const mend = 'run kubectl once, which renews it, or use an exec plug-in such as kubectl oidc-login';

function readExpiry(token: string): number | undefined {
  const [, payload] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return undefined;
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
