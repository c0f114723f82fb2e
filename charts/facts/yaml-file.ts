import { existsSync, readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Problem } from './problems/problem.ts';

/** A YAML file with its value if it has one, its faults as text, and the lines of its entries. */
export interface YamlFile {
  readonly file: string;
  /** Undefined when the file cannot be read. */
  readonly value: unknown;
  readonly faults: readonly string[];
  /** The line of an entry, or of its nearest parent that is in the file. */
  lineOf(path: Problem['path']): number;
}

const rangeSchema = z.looseObject({ range: z.tuple([z.number()]).rest(z.number()) });

/** Reads a YAML file of one document; reports each fault with file and line. */
export function readYamlFile(file: string): YamlFile {
  if (!existsSync(file)) return unreadable(file, [`${file}: does not exist`]);
  const text = readFileSync(file, 'utf8');
  if (text.includes('\uFFFD')) return unreadable(file, [`${file}: is not UTF-8 text`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const faults = document.errors.map(
    error => `${file}:${lines.linePos(error.pos[0]).line}: ${sentenceOf(error.message)}`,
  );
  if (faults.length > 0) return unreadable(file, faults);
  if (document.contents === null) return unreadable(file, [`${file}:1: is empty`]);
  const lineOf = (path: Problem['path']): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = rangeSchema.safeParse(nodeAt(document, path.slice(0, length)));
      if (node.success) return lines.linePos(node.data.range[0]).line;
    }
    return 1;
  };
  return { file, value: document.toJS({ maxAliasCount: 100 }), faults, lineOf };
}

/** The key of a map's entry, the item of a list, or the whole document. */
function nodeAt(document: Document.Parsed, path: Problem['path']): unknown {
  const last = path.at(-1);
  if (last === undefined) return document.contents;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return document.getIn(path, true);
  return parent.items.find(({ key }) => isScalar(key) && key.value === last)?.key;
}

function unreadable(file: string, faults: readonly string[]): YamlFile {
  return { file, value: undefined, faults, lineOf: () => 1 };
}

/** Removes the position at the end of a message, which is stated in front. */
function sentenceOf(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}
