import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';

/** An operation that cannot be carried out; its message tells which, and why. */
export class JsonPatchError extends Error {}

/**
 * Applies a JSON patch (RFC 6902).
 *
 * @throws JsonPatchError when an operation is malformed, a path is not there or a test fails
 */
export function jsonPatch(document: Json, operations: readonly Json[]): Json {
  return operations.reduce(applyOperation, document);
}

function applyOperation(document: Json, operation: Json): Json {
  if (!isJsonObject(operation)) throw new JsonPatchError('an operation must be an object');
  const { op, value = null } = operation;
  const path = pointer(operation.path, 'path');
  switch (op) {
    case 'add':
      return put(document, path, value, 'insert');
    case 'remove':
      return take(document, path);
    case 'replace':
      return put(document, path, value, 'set');
    case 'move': {
      const from = pointer(operation.from, 'from');
      const moved = read(document, from);
      return put(take(document, from), path, moved, 'insert');
    }
    case 'copy':
      return put(document, path, read(document, pointer(operation.from, 'from')), 'insert');
    case 'test':
      if (isSameJson(read(document, path), value)) return document;
      throw new JsonPatchError(`testing value ${text(path)} failed: test failed`);
    default:
      throw new JsonPatchError(`Unexpected kind: ${String(op)}`);
  }
}

function pointer(path: Json | undefined, field: string): readonly string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/')))
    throw new JsonPatchError(`${field} must be a JSON pointer`);
  return path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, key) => child(value, key) ?? missing(path), document);
}

function child(value: Json, key: string): Json | undefined {
  if (Array.isArray(value)) return isIndex(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Sets what is at a path, or inserts it into a list before what is there. */
function put(document: Json, path: readonly string[], value: Json, how: 'set' | 'insert'): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (rest.length > 0) {
    const inner = put(child(document, key) ?? missing(path), rest, value, how);
    return Array.isArray(document) ? document.with(Number(key), inner) : { ...(document as JsonObject), [key]: inner };
  }
  if (Array.isArray(document)) return putItem(document, key, value, how);
  return isJsonObject(document) ? { ...document, [key]: value } : missing(path);
}

function putItem(list: readonly Json[], key: string, value: Json, how: 'set' | 'insert'): Json {
  if (key === '-' && how === 'insert') return [...list, value];
  const last = how === 'insert' ? list.length : list.length - 1;
  if (!isIndex(key) || Number(key) > last) return missing([key]);
  return list.toSpliced(Number(key), how === 'insert' ? 0 : 1, value);
}

function take(document: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  const present = child(document, key) ?? missing(path);
  const left = rest.length === 0 ? undefined : take(present, rest);
  if (Array.isArray(document)) {
    return left === undefined ? document.toSpliced(Number(key), 1) : document.with(Number(key), left);
  }
  if (!isJsonObject(document)) return missing(path);
  const others = Object.entries(document).filter(([field]) => field !== key);
  return left === undefined ? Object.fromEntries(others) : { ...document, [key]: left };
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key);
}

function text(path: readonly string[]): string {
  return `/${path.join('/')}`;
}

function missing(path: readonly string[]): never {
  throw new JsonPatchError(`doc is missing path: ${text(path)}: missing value`);
}
