import type { Json, JsonObject } from '../../schema/json.ts';
import { textIn } from '../objects/json-access.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import type { Column } from './column.ts';
import { humanDuration } from './human-duration.ts';
import { jsonPathValues } from './json-path-values.ts';

const age = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The columns of a custom kind: its name, then its additionalPrinterColumns, or its age where it declares none. */
export function customColumns({ columns = [] }: ResourceDefinition): readonly Column[] {
  return (columns.length === 0 ? [age] : columns).map(toColumn);
}

function toColumn(declared: JsonObject): Column {
  const type = textIn(declared, 'type') as Column['type'];
  const path = textIn(declared, 'jsonPath');
  const priority = typeof declared.priority === 'number' ? declared.priority : 0;
  return {
    name: textIn(declared, 'name'),
    format: textIn(declared, 'format'),
    description: textIn(declared, 'description'),
    cell: (object, now) => cellOf(jsonPathValues(object, path), type, now),
    type,
    priority,
  };
}

function cellOf(values: readonly Json[], type: Column['type'], now: number): Json {
  const [first] = values;
  if (first === undefined) return null;
  if (type === 'date') return typeof first === 'string' ? ageOf(first, now) : '<unknown>';
  if (type !== 'string') return first;
  return values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join(',');
}

function ageOf(text: string, now: number): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '<invalid>' : humanDuration(now - at);
}
