import type { JsonObject } from '../../schema/json.ts';
import { groupVersionOf, type ResourceDefinition } from '../objects/resource-definition.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { accessGroup } from './access-reviews.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The Kubernetes version that the sandbox reports. */
const version = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3+headstart-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'sandbox',
};

/**
 * Answers discovery: `/version`, the groups (`/api`, `/apis`, `/apis/G`) and the resources of a version (`/api/v1`,
 * `/apis/G/V`); undefined for every other path.
 */
export function discover(pathname: string, store: ObjectStore): JsonObject | undefined {
  const parts = pathname.split('/').filter(part => part !== '');
  const [root, group, groupVersion] = parts;
  const definitions = store.collections().map(({ definition }) => definition);
  if (root === 'version' && parts.length === 1) return version;
  if (root === 'api' && parts.length === 1) return { kind: 'APIVersions', versions: ['v1'] };
  if (root === 'api' && parts.length === 2) return resourceList(definitions, '', group ?? '');
  if (root !== 'apis' || parts.length > 3) return undefined;
  if (group === undefined) {
    const groups = [...new Set(definitions.map(definition => definition.group))].filter(name => name !== '').sort();
    const described = groups.map(name => describeGroup(definitions, name));
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...described, accessGroup] };
  }
  if (groupVersion !== undefined) return resourceList(definitions, group, groupVersion);
  const isServed = definitions.some(definition => definition.group === group);
  return isServed ? { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(definitions, group) } : undefined;
}

function describeGroup(definitions: readonly ResourceDefinition[], name: string): JsonObject {
  const served = definitions.filter(definition => definition.group === name).map(definition => definition.version);
  const versions = [...new Set(served)].sort().map(each => ({ groupVersion: `${name}/${each}`, version: each }));
  return { name, versions, preferredVersion: versions[0] ?? {} };
}

function resourceList(
  definitions: readonly ResourceDefinition[],
  group: string,
  groupVersion: string,
): JsonObject | undefined {
  const served = definitions.filter(each => each.group === group && each.version === groupVersion);
  const [first] = served;
  if (first === undefined) return undefined;
  const resources = served.flatMap(describeResource);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersionOf(first), resources };
}

function describeResource(definition: ResourceDefinition): readonly JsonObject[] {
  const { plural, singular, namespaced, kind, shortNames = [], categories = [], status, scale } = definition;
  const names = {
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
  const part = { singularName: '', namespaced, verbs: ['get', 'patch', 'update'] };
  return [
    { name: plural, singularName: singular, namespaced, kind, verbs, ...names },
    ...(status ? [{ name: `${plural}/status`, ...part, kind }] : []),
    ...(scale === undefined
      ? []
      : [{ name: `${plural}/scale`, ...part, group: 'autoscaling', version: 'v1', kind: 'Scale' }]),
  ];
}
