import { createHash } from 'node:crypto';
import type { JsonObject } from '../../schema/json.ts';
import { groupVersionOf, type ResourceDefinition } from '../objects/resource-definition.ts';
import type { ObjectStore } from '../store/object-store.ts';

/**
 * Answers `/openapi/v3`, which lists a document for each served group and version, and these documents; undefined for
 * every other path. kubectl reads them to validate, to explain and to learn what a server can do.
 */
export function describeOpenApi(pathname: string, store: ObjectStore): JsonObject | undefined {
  const root = '/openapi/v3';
  if (pathname !== root && !pathname.startsWith(`${root}/`)) return undefined;
  const definitions = store.collections().map(({ definition }) => definition);
  const served = Map.groupBy(definitions, pathOf);
  if (pathname === root) {
    const paths = [...served].map(([path, kinds]) => {
      const hash = createHash('sha512').update(JSON.stringify(kinds)).digest('hex').toUpperCase();
      return [path, { serverRelativeURL: `${root}/${path}?hash=${hash}` }] as const;
    });
    return { paths: Object.fromEntries(paths) };
  }
  const kinds = served.get(pathname.slice(root.length + 1));
  return kinds === undefined ? undefined : describeKinds(kinds);
}

function pathOf(definition: ResourceDefinition): string {
  return `${definition.group === '' ? 'api' : 'apis'}/${groupVersionOf(definition)}`;
}

function describeKinds(kinds: readonly ResourceDefinition[]): JsonObject {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(kinds.flatMap(describePaths)),
    components: { schemas: Object.fromEntries(kinds.map(kind => [schemaNameOf(kind), describeSchema(kind)])) },
  };
}

function describePaths(definition: ResourceDefinition): readonly (readonly [string, JsonObject])[] {
  const { namespaced, plural } = definition;
  const root = `/${pathOf(definition)}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}`;
  const operation = (action: string, parameters: readonly string[] = []) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kindOf(definition),
    parameters: parameters.map(name => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } })),
    responses: {
      '200': {
        description: 'OK',
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${schemaNameOf(definition)}` } } },
      },
    },
  });
  const writes = ['dryRun', 'fieldManager', 'fieldValidation'];
  return [
    [root, { get: operation('list'), post: operation('post', writes) }],
    [
      `${root}/{name}`,
      {
        get: operation('get'),
        put: operation('put', writes),
        patch: operation('patch', [...writes, 'force']),
        delete: operation('delete', ['dryRun']),
      },
    ],
  ];
}

function describeSchema(definition: ResourceDefinition): JsonObject {
  const schema = definition.schema as unknown as JsonObject;
  return { ...schema, 'x-kubernetes-group-version-kind': [kindOf(definition)] };
}

function kindOf({ group, version, kind }: ResourceDefinition): JsonObject {
  return { group, version, kind };
}

/** The name of a kind's schema: its group's names in reverse order, its version and itself. */
function schemaNameOf({ group, version, kind }: ResourceDefinition): string {
  const reversed = group === '' ? 'io.k8s.api.core' : group.split('.').reverse().join('.');
  return `${reversed}.${version}.${kind}`;
}
