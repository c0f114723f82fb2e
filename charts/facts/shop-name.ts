import type { Facts } from './facts-schema.ts';

/** The names of a shop in a cluster: of what its environments share, and of the labels that the charts give. */
export interface ShopName {
  /** The name of the objects that all environments share, and the start of their names. */
  readonly name: string;
  /** The part of labels before the slash, `<name>.example` where the facts state none. */
  readonly labelDomain: string;
}

/** Returns the names of a shop. */
export function shopNameOf({ name, labelDomain }: Pick<Facts, 'name' | 'labelDomain'>): ShopName {
  return { name, labelDomain: labelDomain ?? `${name}.example` };
}

/** Returns the start of the names of a shop's metrics in Datadog, which have no hyphens. */
export function metricPrefix({ name }: Pick<ShopName, 'name'>): string {
  return name.replaceAll('-', '_');
}
