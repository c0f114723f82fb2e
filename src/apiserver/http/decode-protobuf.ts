import { ownValue } from '../../api/names/own-value.ts';
import published from '../../schema/built-in-protobuf.json' with { type: 'json' };
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

/** JSON name (empty = its fields stand in the parent), type, `list` or `map`, and `keep` where a zero is meant. */
type Field = readonly string[];

const messages = published as unknown as Readonly<Record<string, Readonly<Record<string, Field>>>>;
const magic = Buffer.from('k8s\0');
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/**
 * Decodes an object that a client sends as protobuf, as typed clients such as those of kubectl do; undefined for kinds
 * that are unknown here, such as custom ones.
 *
 * @throws RangeError when the bytes are cut off
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
export function decodeProtobuf(bytes: Buffer): JsonObject | undefined {
  if (!bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const unknown = new Map([...fieldsOf(bytes.subarray(magic.length))].map(({ number, value }) => [number, value]));
  const typeMeta = new Map([...fieldsOf(bytesOf(unknown.get(1)))].map(({ number, value }) => [number, value]));
  const [apiVersion, kind] = [1, 2].map(number => bytesOf(typeMeta.get(number)).toString());
  const name = nameOf(apiVersion ?? '', kind ?? '');
  if (!Object.hasOwn(messages, name)) return undefined;
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', ...decodeMessage(bytesOf(unknown.get(2)), name) };
}

function nameOf(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return `${meta}.DeleteOptions`;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `io.k8s.api.${group?.replace(/\.k8s\.io$/, '')}.${version}.${kind}`;
}

function decodeMessage(bytes: Buffer, name: string): JsonObject {
  const object: Record<string, Json> = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const field = ownValue(ownValue(messages, name), String(number));
    if (field !== undefined) Object.assign(object, decodeField(value, field, object));
  }
  return object;
}

/** The part of an object that one field on the wire gives; a list or map goes on from what is there. */
function decodeField(
  value: bigint | Buffer,
  [json = '', type = '', shape, keep]: Field,
  object: JsonObject,
): JsonObject {
  const present = ownValue(object, json);
  if (shape === 'map') {
    const entry = new Map([...fieldsOf(bytesOf(value))].map(part => [part.number, part.value]));
    const [key, of] = [bytesOf(entry.get(1)).toString(), decodeValue(entry.get(2) ?? 0n, type)];
    return { [json]: { ...(isJsonObject(present) ? present : {}), [key]: of } };
  }
  const decoded = decodeValue(value, type);
  if (shape === 'list') return { [json]: [...(Array.isArray(present) ? present : []), decoded] };
  if (json === '') return isJsonObject(decoded) ? decoded : {};
  const isMeant = keep === 'keep' ? decoded !== null : !isZero(decoded);
  return isMeant ? { [json]: decoded } : {};
}

function isZero(value: Json): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false;
}

function decodeValue(value: bigint | Buffer, type: string): Json {
  switch (type) {
    case 'string':
      return bytesOf(value).toString();
    case 'bytes':
      return bytesOf(value).toString('base64');
    case 'bool':
      return value !== 0n;
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
      return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
    case 'double':
      return Buffer.isBuffer(value) && value.length === 8 ? value.readDoubleLE() : 0;
    default:
      return decodeKnown(bytesOf(value), type) ?? decodeMessage(bytesOf(value), type);
  }
}

/** Decodes the messages that have a JSON form of their own; undefined for all others. */
function decodeKnown(bytes: Buffer, type: string): Json | undefined {
  const parts = () => new Map([...fieldsOf(bytes)].map(({ number, value }) => [number, value]));
  const whole = (number: number) => Number(BigInt.asIntN(64, (parts().get(number) as bigint | undefined) ?? 0n));
  switch (type.slice(type.lastIndexOf('.') + 1)) {
    case 'Time':
      return bytes.length === 0 ? null : new Date(whole(1) * 1000).toISOString().replace('.000Z', 'Z');
    case 'MicroTime': {
      if (bytes.length === 0) return null;
      const micros = String(Math.trunc(whole(2) / 1000)).padStart(6, '0');
      return new Date(whole(1) * 1000).toISOString().replace('.000Z', `.${micros}Z`);
    }
    case 'Quantity':
      return bytesOf(parts().get(1)).toString();
    case 'IntOrString':
      return whole(1) === 0 ? whole(2) : bytesOf(parts().get(3)).toString();
    case 'FieldsV1':
    case 'RawExtension':
      return JSON.parse(bytesOf(parts().get(1)).toString() || 'null');
    default:
      return undefined;
  }
}

function bytesOf(value: bigint | Buffer | undefined): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

/** Yields the fields on the wire: numbers as bigint, fixed widths and everything with a length as bytes. */
function* fieldsOf(bytes: Buffer): Generator<{ readonly number: number; readonly value: bigint | Buffer }> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the protobuf is cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    at += length;
    if (at > bytes.length) throw new RangeError('the protobuf is cut off');
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) yield { number, value: varint() };
    else if (wire === 1) yield { number, value: take(8) };
    else if (wire === 2) yield { number, value: take(Number(varint())) };
    else if (wire === 5) yield { number, value: take(4) };
    else throw new RangeError(`the protobuf has a field of wire type ${wire}`);
  }
}
