import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml';
import { ParseError } from '../../api/parse-error.ts';
import { listFiles } from './list-files.ts';

/** One object of a YAML file, and where it stands there. */
export interface Manifest {
  readonly kind: string;
  readonly value: unknown;
  /** `file:line` of a field, or of the object's beginning when the field is not written there. */
  readonly locate: (field?: string) => string;
}

/**
 * The objects of a YAML file, or of all YAML files of a folder and the folders in it, by path.
 *
 * @throws Error naming file and line, when one is no YAML or there is none
 */
export function readManifests(place: string): readonly Manifest[] {
  const files = listFiles(place, ['.yaml', '.yml']);
  if (files.length === 0) throw new Error(`${place} has no .yaml file`);
  return files.flatMap(readFile);
}

/** The object as its parser gives it; what is wrong with it is told with file and line. @throws Error */
export function parseManifest<T>(manifest: Manifest, parse: (value: unknown) => T): T {
  try {
    return parse(manifest.value);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new Error(`${manifest.locate(error.field)}: ${error.message}`, { cause: error });
  }
}

function readFile(file: string): readonly Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines });
  return [...documents].flatMap((document): readonly Manifest[] => {
    const [error] = document.errors;
    if (error !== undefined) {
      throw new Error(`${file}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
    }
    const { contents } = document;
    if (contents === null) return [];
    const kind = isMap(contents) ? contents.get('kind') : undefined;
    if (typeof kind !== 'string')
      throw new Error(`${lineOf(contents, file, lines)}: no Kubernetes object, it has no kind`);
    const locate = (field = '') => lineOf(nodeAt(contents, field), file, lines);
    return [{ kind, value: document.toJS({ maxAliasCount: 100 }), locate }];
  });
}

/** The node of `spec.calls[0].target`, or the nearest one above it. */
function nodeAt(node: ParsedNode, field: string): ParsedNode {
  const [, head = '', rest = ''] = /^\[?([^.[\]]+)\]?\.?(.*)$/.exec(field) ?? [];
  if (head === '' || !('items' in node)) return node;
  const next = isMap(node)
    ? node.items.find(({ key }) => isScalar(key) && String(key.value) === head)
    : node.items[Number(head)];
  if (next === undefined || next === null) return node;
  if (!('key' in next)) return nodeAt(next as ParsedNode, rest);
  const inner = rest === '' ? next.key : next.value;
  return inner === null ? (next.key as ParsedNode) : nodeAt(inner as ParsedNode, rest);
}

function lineOf(node: ParsedNode, file: string, lines: LineCounter): string {
  return `${file}:${lines.linePos(node.range[0]).line}`;
}
