import { type SourceFile, withoutComments } from './source-files.ts';

const declaration =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|namespace) ([A-Za-z_$][\w$]*)/gm;

/** Names that a file declares and exports; what it only passes on from another file does not count. */
export function exportedNames({ text }: SourceFile): readonly string[] {
  return [...new Set([...withoutComments(text).matchAll(declaration)].map(match => match[1] ?? ''))];
}

/** Exported names that more than one file declares, each with its files, as `name: a.ts, b.ts`. */
export function namesDeclaredTwice(files: readonly SourceFile[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const source of files)
    for (const name of exportedNames(source)) places.set(name, [...(places.get(name) ?? []), source.file]);
  return [...places]
    .filter(([, declaring]) => declaring.length > 1)
    .map(([name, declaring]) => `${name}: ${declaring.join(', ')}`)
    .sort();
}
