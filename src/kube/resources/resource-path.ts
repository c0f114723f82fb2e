import type { ResourceKind } from './resource-kind.ts';

/**
 * The URL path of a kind, of one object or of a subresource. Each part is percent-encoded, so that no name can change
 * the path's structure.
 *
 * @throws TypeError for an object of a namespaced kind without a namespace
 */
export function resourcePath(
  { group, version, plural, namespaced, kind }: ResourceKind<object>,
  ref: { readonly name?: string; readonly namespace?: string | undefined },
  sub?: string,
): string {
  if (namespaced && ref.name !== undefined && ref.namespace === undefined)
    throw new TypeError(`${kind} ${ref.name} needs a namespace`);
  const parts = [
    ...(group === '' ? ['api', version] : ['apis', group, version]),
    ...(namespaced && ref.namespace !== undefined ? ['namespaces', ref.namespace] : []),
    plural,
    ...(ref.name === undefined ? [] : [ref.name]),
    ...(sub === undefined ? [] : [sub]),
  ];
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
