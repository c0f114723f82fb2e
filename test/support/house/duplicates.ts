import { blank, type SourceFile, withoutComments } from './source-files.ts';

/** Fewer equal lines than this are a habit of writing, not a part that wants a name. */
export const fewestLines = 8;

interface Line {
  readonly text: string;
  /** From 1 on, in the file. */
  readonly number: number;
}

/** A run of lines: `first` and `last` are numbers in the file. */
interface Run {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** Two runs of the same code, `lines` long without blank lines, comments, imports and lone brackets. */
export interface Duplicate {
  readonly lines: number;
  readonly one: Run;
  readonly other: Run;
}

interface Place {
  readonly file: string;
  readonly lines: readonly Line[];
  readonly at: number;
}

/** Finds every longest run of at least {@link fewestLines} equal lines, in two files or twice in one. */
export function findDuplicates(files: readonly SourceFile[]): readonly Duplicate[] {
  const windows = new Map<string, Place[]>();
  for (const { file, text } of files) {
    const lines = codeLines(text);
    for (let at = 0; at + fewestLines <= lines.length; at++) {
      const window = lines.slice(at, at + fewestLines).map(line => line.text);
      const key = window.join('\n');
      const places = windows.get(key) ?? [];
      windows.set(key, [...places, { file, lines, at }]);
    }
  }
  return [...windows.values()].flatMap(places =>
    places.flatMap((one, i) => places.slice(i + 1).flatMap(other => longestRun(one, other))),
  );
}

/** The run that begins here; nothing where it began a line before, or where a run overlaps itself. */
function longestRun(one: Place, other: Place): readonly Duplicate[] {
  const isEqual = (step: number) => {
    const text = one.lines[one.at + step]?.text;
    return text !== undefined && text === other.lines[other.at + step]?.text;
  };
  if (isEqual(-1)) return [];
  let lines = fewestLines;
  while (isEqual(lines)) lines++;
  if (one.file === other.file && other.at - one.at < lines) return [];
  return [{ lines, one: runOf(one, lines), other: runOf(other, lines) }];
}

function runOf({ file, lines, at }: Place, length: number): Run {
  return { file, first: lines[at]?.number ?? 0, last: lines[at + length - 1]?.number ?? 0 };
}

/** Lines with a letter or a digit, without comments and imports. */
function codeLines(text: string): readonly Line[] {
  return withoutComments(text.replace(/^(?:import|export) [^;]*? from '[^']+';$/gm, blank))
    .split('\n')
    .map((line, i) => ({ text: line.trim(), number: i + 1 }))
    .filter(line => /[\p{L}\p{N}]/u.test(line.text));
}
