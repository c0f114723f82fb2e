import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json } from '../../schema/json.ts';

const step = /\.([A-Za-z_][\w-]*)|\['([^']+)'\]|\[(\d+|\*)\]|\[\?\(@\.([\w.-]+)\s*==\s*["']([^"']*)["']\)\]/g;

/**
 * The values at the JSON path of a printer column: fields, indices, `[*]` and filters such as
 * `.status.conditions[?(@.type=="Ready")].status`. Empty where nothing is there or the path is of another form.
 */
export function jsonPathValues(object: Json, path: string): readonly Json[] {
  const steps = [...path.matchAll(step)];
  const isWhole = steps.map(([text]) => text).join('') === path;
  return isWhole
    ? steps.reduce<readonly Json[]>((values, one) => values.flatMap(value => takeStep(value, one)), [object])
    : [];
}

function takeStep(value: Json, [, name, quoted, index, field, wanted]: RegExpExecArray): readonly Json[] {
  const key = name ?? quoted;
  if (key !== undefined) {
    const found = isJsonObject(value) ? ownValue(value, key) : undefined;
    return found === undefined ? [] : [found];
  }
  if (!Array.isArray(value)) return [];
  if (index === '*') return value;
  if (index !== undefined) return value.slice(Number(index), Number(index) + 1);
  return value.filter(item => jsonPathValues(item, `.${field}`).some(each => each === wanted));
}
