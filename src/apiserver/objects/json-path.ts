import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';

/** The value at a path of field names, such as `.spec.replicas`; undefined when there is none. */
export function valueAtPath(object: JsonObject, path: string): Json | undefined {
  return fieldsOf(path).reduce<Json | undefined>(
    (value, field) => (isJsonObject(value) ? ownValue(value, field) : undefined),
    object,
  );
}

/** Returns the object with another value at the path; creates missing objects on the way. */
export function withValueAt(object: JsonObject, path: string, value: Json): JsonObject {
  const [field, ...rest] = fieldsOf(path);
  if (field === undefined) return object;
  const child = ownValue(object, field);
  const inside = isJsonObject(child) ? child : {};
  return { ...object, [field]: rest.length === 0 ? value : withValueAt(inside, rest.join('.'), value) };
}

function fieldsOf(path: string): readonly string[] {
  return path.split('.').filter(field => field !== '');
}
