import type { Credentials, Identity } from './credentials.ts';
import { impersonationHeaders } from './kubeconfig/impersonation.ts';

/** Returns the same credentials, except that every call is made in the place of another user. */
export function impersonate(credentials: Credentials, user: string, groups: readonly string[]): Credentials {
  const headers = impersonationHeaders({
    as: user,
    'as-uid': undefined,
    'as-groups': [...groups],
    'as-user-extra': {},
  });
  // The credentials compare identities by reference, so each is dressed once.
  const dressed = new WeakMap<Identity, Identity>();
  const plain = new WeakMap<Identity, Identity>();
  const dress = (identity: Identity): Identity => {
    const known = dressed.get(identity);
    if (known !== undefined) return known;
    const own = Object.entries(identity.headers).filter(([name]) => !name.toLowerCase().startsWith('impersonate-'));
    const made = { ...identity, headers: { ...Object.fromEntries(own), ...headers } };
    dressed.set(identity, made);
    plain.set(made, identity);
    return made;
  };
  return {
    server: credentials.server,
    namespace: credentials.namespace,
    current: async () => dress(await credentials.current()),
    refresh: async used => dress(await credentials.refresh(plain.get(used) ?? used)),
  };
}
