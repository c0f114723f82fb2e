import type { Json, JsonObject } from '../../schema/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { badRequest } from '../objects/status-error.ts';
import { builtInColumns } from './built-in-columns.ts';
import type { Column } from './column.ts';
import { customColumns } from './custom-columns.ts';

/** How much of each object goes with its row. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

const name: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: ({ metadata }) => (metadata as JsonObject).name ?? '',
};

/**
 * Tells whether a client asks for Tables, as kubectl does to print columns.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export function asksForTable(accept: string): boolean {
  const [first = ''] = accept.split(',');
  return /as=Table/.test(first) && /g=meta\.k8s\.io/.test(first) && /v=v1(;|$|\s)/.test(first);
}

/** Reads `includeObject`. @throws StatusError 400 for an unknown value */
export function parseIncludeObject(query: URLSearchParams): IncludeObject {
  const text = query.get('includeObject') ?? '';
  if (text === '') return 'Metadata';
  if (text === 'None' || text === 'Metadata' || text === 'Object') return text;
  throw badRequest(`unrecognized includeObject value: ${JSON.stringify(text)}`);
}

/**
 * Renders objects as a Table with the columns of their kind.
 *
 * @param metadata of the list, or of the one object
 * @param now epoch ms
 */
export function toTable(
  definition: ResourceDefinition,
  objects: readonly KubeObject[],
  options: {
    readonly metadata: JsonObject;
    readonly include: IncludeObject;
    readonly now: number;
    /** Whether the columns are described; a watch does so only once. @default true */
    readonly hasHeaders?: boolean;
  },
): JsonObject {
  const { metadata, include, now, hasHeaders = true } = options;
  const columns = [name, ...(definition.custom ? customColumns(definition) : builtInColumns(definition))];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: hasHeaders ? columns.map(describeColumn) : [],
    rows: objects.map(object => {
      const json = object as unknown as JsonObject;
      return { cells: columns.map(column => column.cell(json, now)), object: included(json, include) };
    }),
  };
}

function describeColumn({ name: title, type, format = '', description = '', priority = 0 }: Column): JsonObject {
  return { name: title, type, format, description, priority };
}

function included(object: JsonObject, include: IncludeObject): Json {
  if (include === 'None') return null;
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata ?? {} };
}
