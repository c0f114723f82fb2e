import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../schema/json.ts';
import { resolvePlainScalar } from './plain-scalar.ts';

/** A fault in a YAML document; `offset` is its offset in the text. */
export interface YamlFault {
  readonly offset: number;
  readonly message: string;
}

/** Value of a document as JSON, with its faults; the value is undefined when it has none. */
export interface YamlValue {
  readonly value?: Json;
  readonly faults: readonly YamlFault[];
}

const tagPrefix = 'tag:yaml.org,2002:';

/**
 * Converts a document to JSON as kubectl does (sigs.k8s.io/yaml over go-yaml v2): merge keys take effect where they
 * stand, keys become text, and an alias that multiplies is refused. Unlike kubectl, which silently keeps the last one,
 * it reports a duplicate key as a fault.
 */
export function toJsonValue(document: Document): YamlValue {
  const reading: Reading = { document, faults: [], open: new Set(), decoded: 0, aliased: 0, depth: 0 };
  try {
    return { value: readNode(document.contents, reading), faults: reading.faults };
  } catch (error) {
    if (!(error instanceof UnreadableNode)) throw error;
    return { faults: [...reading.faults, { offset: error.offset, message: error.message }] };
  }
}

/** Returns the text of a map's key: `on` → `true`, `0x10` → `16`. */
export function keyText(key: unknown): string | undefined {
  const value = isScalar(key) ? resolveScalar(key) : undefined;
  return value === undefined || value === null ? undefined : String(value);
}

/** Whether a key merges other maps into its map. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** Returns the node that an alias refers to, or the node itself. */
export function dereference(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

class UnreadableNode extends Error {
  readonly offset: number;

  constructor(node: unknown, message: string) {
    super(message);
    this.offset = offsetOf(node);
  }
}

interface Reading {
  readonly document: Document;
  readonly faults: YamlFault[];
  /** Anchored nodes that are currently being read. */
  readonly open: Set<unknown>;
  decoded: number;
  aliased: number;
  depth: number;
}

function readNode(node: unknown, reading: Reading): Json {
  reading.decoded += 1;
  if (reading.depth > 0) reading.aliased += 1;
  const { decoded, aliased } = reading;
  if (aliased > 100 && decoded > 1000 && aliased / decoded > aliasRatio(decoded)) {
    throw new UnreadableNode(reading.document.contents, 'contains too many aliases of aliases');
  }
  if (node === null || node === undefined) return null;
  if (isAlias(node)) return readAlias(node, reading, readNode);
  if (isScalar(node)) return readScalar(node);
  if (isSeq(node)) return node.items.map(item => readNode(item, reading));
  if (isMap(node)) return Object.fromEntries(readMap(node, reading));
  throw new UnreadableNode(node, 'is not a value, a list or a map');
}

function readAlias<T>(alias: Node, reading: Reading, read: (node: unknown, reading: Reading) => T): T {
  const node = dereference(alias, reading.document);
  if (node === undefined) throw new UnreadableNode(alias, `*${sourceName(alias)} has no anchor above it`);
  if (reading.open.has(node)) throw new UnreadableNode(alias, `anchor ${sourceName(alias)} contains itself`);
  reading.open.add(node);
  reading.depth += 1;
  try {
    return read(node, reading);
  } finally {
    reading.depth -= 1;
    reading.open.delete(node);
  }
}

function readMap(map: YAMLMap, reading: Reading): Map<string, Json> {
  const fields = new Map<string, Json>();
  const own = new Set<string>();
  for (const { key, value } of map.items) {
    if (isMergeKey(key)) {
      for (const [field, merged] of readMerged(value, reading)) fields.set(field, merged);
      continue;
    }
    const name = keyText(key);
    if (name === undefined) throw new UnreadableNode(key ?? map, 'a key must be text');
    if (own.has(name)) {
      reading.faults.push({ offset: offsetOf(key), message: `key "${name}" stands twice: remove one of them` });
    }
    own.add(name);
    fields.set(name, readNode(value, reading));
  }
  return fields;
}

/** Reads the maps that a merge key names; the first of a list takes precedence. */
function readMerged(node: unknown, reading: Reading): Map<string, Json> {
  if (isMap(node)) return readMap(node, reading);
  if (isAlias(node)) return readAlias(node, reading, readMergedMap);
  if (!isSeq(node)) throw new UnreadableNode(node, 'a merge key takes a map, or a list of maps');
  const maps = node.items.map(item =>
    isAlias(item) ? readAlias(item, reading, readMergedMap) : readMergedMap(item, reading),
  );
  return new Map(maps.reverse().flatMap(fields => [...fields]));
}

function readMergedMap(node: unknown, reading: Reading): Map<string, Json> {
  if (isMap(node)) return readMap(node, reading);
  throw new UnreadableNode(node, 'a merge key takes a map, or a list of maps');
}

function readScalar(scalar: Scalar): Json {
  const value = resolveScalar(scalar);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UnreadableNode(scalar, `${String(scalar.value)} is not a number that Kubernetes takes`);
  }
  return value;
}

function resolveScalar(scalar: Scalar): string | number | boolean | null {
  const text = String(scalar.value ?? '');
  const tag = scalar.tag?.startsWith(tagPrefix) === true ? scalar.tag.slice(tagPrefix.length) : scalar.tag;
  if (tag === undefined) return scalar.type === 'PLAIN' ? resolvePlainScalar(text) : text;
  if (tag === 'binary') return Buffer.from(text, 'base64').toString();
  if (!['bool', 'int', 'float', 'null'].includes(tag)) return text;
  const value = resolvePlainScalar(text);
  if (kindsOf(value).includes(tag)) return value;
  throw new UnreadableNode(scalar, `cannot read ${text} as !!${tag}`);
}

function kindsOf(value: string | number | boolean | null): readonly string[] {
  if (value === null) return ['null'];
  if (typeof value === 'boolean') return ['bool'];
  if (typeof value === 'string') return ['str'];
  return Number.isInteger(value) ? ['int', 'float'] : ['float'];
}

/**
 * Returns the share of a document that may come from aliases, 0–1; it falls as the document grows, as in go-yaml v2.
 */
function aliasRatio(decoded: number): number {
  const [low, high] = [400_000, 4_000_000];
  return decoded <= low ? 0.99 : decoded >= high ? 0.1 : 0.99 - (0.89 * (decoded - low)) / (high - low);
}

function sourceName(alias: Node): string {
  return isAlias(alias) ? alias.source : '';
}

function offsetOf(node: unknown): number {
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range ? node.range[0] : 0;
}
