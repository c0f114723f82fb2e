import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseAllDocuments } from 'yaml';
import type { Json } from '../schema/json.ts';
import { splitJson } from './split-json.ts';
import { dereference, isMergeKey, keyText, toJsonValue } from './yaml-value.ts';

/** Path of a field in an object: `['spec', 'calls', 0, 'target']`. */
export type FieldPath = readonly (string | number)[];

/** Line and column in a file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A fault in a text, with its position. */
export interface TextFault extends Place {
  readonly message: string;
}

/** A document of a YAML or JSON text; empty documents are left out. */
export interface YamlDocument {
  /** Value of the document; undefined when it cannot be read. */
  readonly value: Json | undefined;
  readonly faults: readonly TextFault[];
  /**
   * Returns the position of a field or of its nearest parent in the text: of the value, or of the key of a map or list.
   */
  placeOf(field: FieldPath, part?: 'key'): Place;
  /** Returns the unquoted word of a field's value: `1_000`, `yes`; undefined when it is quoted or not a word. */
  wordAt(field: FieldPath): string | undefined;
}

const controlCharacter = /(?![\t\n\r\u0085])\p{Cc}/u;

/** Parses the documents of a text as kubectl does: YAML, or JSON objects one after the other. */
export function parseYamlDocuments(written: string): readonly YamlDocument[] {
  // Each document may have a byte order mark, as in files that were put together; a lone CR ends a line.
  const text = written.replace(/\r(?!\n)/g, '\n').replace(/^(---[^\n]*\n)\uFEFF/gm, '$1');
  const broken = firstMatch(text, /\uFFFD/, 'is not UTF-8 text') ?? firstControlCharacter(text);
  if (broken !== undefined) return [unreadable(text, broken.index, broken.message)];
  return splitJson(text).flatMap(({ piece, start }) => {
    const lines = new LineCounter();
    const documents: readonly Document[] = parseAllDocuments(piece, {
      lineCounter: lines,
      version: '1.1',
      schema: 'failsafe',
      merge: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const before = text.slice(0, start).split('\n').length - 1;
    const place = (offset: number): Place => {
      const { line, col } = lines.linePos(offset);
      return { line: line + before, column: col };
    };
    return documents.flatMap(document => readDocument(document, place));
  });
}

/**
 * Parses one document to JSON.
 *
 * @throws Error that says what is wrong and where
 */
export function parseYaml(text: string): Json {
  const [document] = parseYamlDocuments(text);
  const fault = document?.faults[0];
  if (fault !== undefined) throw new Error(`line ${fault.line}: ${fault.message}`);
  return document?.value ?? null;
}

function readDocument(document: Document, place: (offset: number) => Place): readonly YamlDocument[] {
  const [error] = document.errors;
  const { value, faults } = error === undefined ? toJsonValue(document) : { faults: [] };
  if (error === undefined && value === null) return [];
  const all = error === undefined ? faults : [{ offset: error.pos[0], message: sentenceOf(error.message) }];
  return [
    {
      value,
      faults: all.map(({ offset, message }) => ({ ...place(offset), message })),
      placeOf: (field, part) => place(offsetOf(document, field, part)),
      wordAt: field => {
        const node = dereference(find(document, field)?.value, document);
        return isScalar(node) && node.type === 'PLAIN' && node.tag === undefined ? String(node.value) : undefined;
      },
    },
  ];
}

interface Found {
  readonly key?: unknown;
  readonly value: unknown;
}

function offsetOf(document: Document, field: FieldPath, part?: 'key'): number {
  for (let length = field.length; length >= 0; length -= 1) {
    const found = find(document, field.slice(0, length));
    if (found === undefined) continue;
    const isWord = isScalar(found.value) && part !== 'key' && length === field.length;
    const node = isWord ? found.value : (found.key ?? found.value);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function find(document: Document, field: FieldPath): Found | undefined {
  let found: Found | undefined = { value: document.contents };
  for (const part of field) {
    const parent: unknown = dereference(found?.value, document);
    if (isSeq(parent) && typeof part === 'number' && part < parent.items.length) found = { value: parent.items[part] };
    else found = isMap(parent) ? findPair(parent.items, String(part), document) : undefined;
    if (found === undefined) return undefined;
  }
  return found;
}

/** Finds the pair that determines a key's value: the last one in the map, merged ones included. */
function findPair(pairs: readonly Pair[], name: string, document: Document): Found | undefined {
  return pairs.reduce<Found | undefined>((last, pair) => {
    if (!isMergeKey(pair.key)) return keyText(pair.key) === name ? pair : last;
    const merged = dereference(pair.value, document);
    const maps = isSeq(merged) ? merged.items.map(item => dereference(item, document)) : [merged];
    const first = maps.flatMap(map => (isMap(map) ? [findPair(map.items, name, document)] : [])).find(Boolean);
    return first ?? last;
  }, undefined);
}

function unreadable(text: string, index: number, message: string): YamlDocument {
  const lines = text.slice(0, index).split('\n');
  const place = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { value: undefined, faults: [{ ...place, message }], placeOf: () => place, wordAt: () => undefined };
}

function firstMatch(text: string, pattern: RegExp, message: string) {
  const index = text.search(pattern);
  return index < 0 ? undefined : { index, message };
}

function firstControlCharacter(text: string) {
  const index = text.search(controlCharacter);
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  return index < 0 ? undefined : { index, message: `has the control character U+${code}, which YAML does not allow` };
}

/** Removes the position at the end of a message; the caller prints it in front. */
function sentenceOf(message: string): string {
  return (message.split('\n')[0] ?? 'is not YAML').replace(/ at line \d+, column \d+:?$/, '');
}
