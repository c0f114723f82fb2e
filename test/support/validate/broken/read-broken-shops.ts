import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { validateManifests } from '../../../../src/validate/validate-manifests.ts';

/** A shop that is broken in one place: a text of shop.yaml is another, or an object is added. */
interface BrokenShop {
  readonly title: string;
  readonly from?: string;
  readonly to?: string;
  readonly added?: string;
  /** The findings: `error name 12 Service shop/web: …`. */
  readonly found: readonly string[];
}

const folder = import.meta.dirname;

/** The shop without a finding. */
export const soundShop = readFileSync(path.join(folder, 'shop.yaml'), 'utf8');

/** Reads the shops of a list, each with its text. */
export function readBrokenShops(list: string): readonly (BrokenShop & { readonly text: string })[] {
  const shops = parse(readFileSync(path.join(folder, `${list}.yaml`), 'utf8')) as readonly BrokenShop[];
  return shops.map(shop => {
    const { from, to = '', added } = shop;
    const text = from === undefined ? `${soundShop}---\n${added}` : soundShop.replace(from, () => to);
    return { ...shop, text };
  });
}

/** The findings of a text, with their lines; `before` is the text that was applied last. */
export function findingsOfShop(text: string, before?: string): readonly string[] {
  const applied = before === undefined ? {} : { before: new Map([['shop.yaml', before]]) };
  return validateManifests(new Map([['shop.yaml', text]]), applied).findings.map(
    ({ severity, code, line, object, message }) => `${severity} ${code} ${line} ${object}: ${message}`,
  );
}
