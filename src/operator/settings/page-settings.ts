import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { splitAddress } from './listen-address.ts';

const header = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be the name of a header in lower case, as x-forwarded-user');
const addressRange = z
  .string()
  .max(64)
  .refine(text => rangeOf(text) !== undefined, 'must be an address or a range, as 10.0.0.0/8');

/** How viewers of an exposed page are known. */
export const pageSettings = z
  .strictObject({
    /** File with at least 32 random bytes that seal the cookie of a viewer who logs in with a token. */
    cookieKeyFile: z.string().min(1).max(4096).optional(),
    /** An authenticating proxy before the page, and the addresses it comes from. */
    proxy: z
      .strictObject({
        userHeader: header.default('x-forwarded-user'),
        /** Without it no group counts: stated only where the proxy overwrites the header of the viewer. */
        groupsHeader: header.optional(),
        from: z.array(addressRange).min(1).max(64),
      })
      .optional(),
  })
  .prefault({});

export type PageSettings = Readonly<z.output<typeof pageSettings>>;

/** Whether `host:port` is an address that only this machine reaches. */
export function isLoopback(address: string): boolean {
  const { host } = splitAddress(address);
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Says what keeps a page from being served at an address; undefined where nothing does. */
export function describeExposure(address: string, { cookieKeyFile, proxy }: PageSettings): string | undefined {
  if (address === 'off' || isLoopback(address) || cookieKeyFile !== undefined || proxy !== undefined) return undefined;
  return `${address} can be reached from other machines: state page.cookieKeyFile, so that viewers log in with their own tokens, or page.proxy, or listen on 127.0.0.1`;
}

/** Collects address ranges, to look up who comes from one of them. */
export function addressRanges(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix, family } of texts.flatMap(text => rangeOf(text) ?? []))
    list.addSubnet(address, prefix, family);
  return list;
}

function rangeOf(text: string) {
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  if (version === 0) return undefined;
  const whole = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? whole : Number(bits);
  if (!(Number.isInteger(prefix) && prefix >= 0 && prefix <= whole) || bits === '') return undefined;
  return { address, prefix, family: version === 4 ? ('ipv4' as const) : ('ipv6' as const) };
}
