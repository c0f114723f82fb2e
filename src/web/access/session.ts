import { EncryptJWT, jwtDecrypt } from 'jose';

/** Seals a viewer's token into the value of a cookie, so that no server keeps it and no script reads it. */
export interface Sessions {
  /** `now` is epoch ms. */
  seal(token: string, now: number): Promise<string>;
  /** Returns the token; undefined for what this key has not sealed, and after eight hours. */
  open(cookie: string, now: number): Promise<string | undefined>;
}

const lifetimeSeconds = 8 * 3600;
const keyBytes = 32;

/** Creates sessions of a key of at least 32 bytes, of which the first 32 are used. @throws RangeError for a shorter one */
export function createSessions(key: Uint8Array): Sessions {
  if (key.length < keyBytes)
    throw new RangeError(`the key of page.cookieKeyFile has ${key.length} bytes and needs at least ${keyBytes}`);
  const secret = key.slice(0, keyBytes);
  return {
    seal: (token, now) =>
      new EncryptJWT({ token })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor(now / 1000) + lifetimeSeconds)
        .encrypt(secret),
    async open(cookie, now) {
      try {
        const { payload } = await jwtDecrypt(cookie, secret, {
          currentDate: new Date(now),
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return typeof payload.token === 'string' ? payload.token : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
