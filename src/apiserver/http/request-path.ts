/** The resource that a path names. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Absent: all namespaces, or a cluster-scoped resource. */
  readonly namespace?: string;
  /** Absent: the whole collection. */
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * Parses the path of an API request; undefined when it is not the path of a resource.
 *
 *   /api/v1/nodes/n1                                   core, cluster-scoped
 *   /api/v1/namespaces/shop/pods/p1                    core, in a namespace
 *   /apis/apps/v1/namespaces/shop/deployments/d/scale  a subresource
 *   /api/v1/namespaces/shop, …/shop/status             the namespace itself
 */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const [root, ...parts] = decodeParts(pathname);
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : parts.shift();
  const version = parts.shift();
  if (group === undefined || version === undefined || parts.length === 0) return undefined;
  const target = parts[0] === 'namespaces' && !isNamespaceItself(parts) ? inNamespace(parts) : atRoot(parts);
  return target === undefined ? undefined : { group, version, ...target };
}

type Target = Pick<ResourcePath, 'plural' | 'namespace' | 'name' | 'subresource'>;

function isNamespaceItself(parts: readonly string[]): boolean {
  return parts.length <= 2 || (parts.length === 3 && (parts[2] === 'status' || parts[2] === 'finalize'));
}

function inNamespace([, namespace, plural, name, subresource, ...rest]: readonly string[]): Target | undefined {
  if (namespace === undefined || plural === undefined || rest.length > 0) return undefined;
  return { ...atRoot([plural, name, subresource]), plural, namespace };
}

function atRoot([plural, name, subresource, ...rest]: readonly (string | undefined)[]): Target | undefined {
  if (plural === undefined || rest.length > 0) return undefined;
  return {
    plural,
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function decodeParts(pathname: string): string[] {
  const parts = pathname.split('/').filter(part => part !== '');
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return [];
  }
}
