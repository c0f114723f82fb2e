/** Part of a text that is parsed on its own. */
export interface TextPiece {
  readonly piece: string;
  /** Offset of its first line. */
  readonly start: number;
}

/**
 * Splits JSON objects that follow each other without a separator, as kubectl accepts them; other text stays one part.
 * Each object keeps the column where it begins.
 */
export function splitJson(text: string): readonly TextPiece[] {
  const whole = [{ piece: text, start: 0 }];
  if (!/^\uFEFF?\s*\{/.test(text)) return whole;
  const ends = objectEnds(text);
  const last = ends.at(-1);
  if (last === undefined || ends.length === 1 || text.slice(last).trim() !== '') return whole;
  const starts = [0, ...ends.slice(0, -1)];
  if (starts.some((start, index) => index > 0 && !/^\s*\{/.test(text.slice(start)))) return whole;
  return starts.map((start, index) => {
    const line = text.lastIndexOf('\n', start - 1) + 1;
    return { piece: `${' '.repeat(start - line)}${text.slice(start, ends[index])}`, start: line };
  });
}

/** Returns the offsets after the closing braces of the outermost objects. */
function objectEnds(text: string): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === 0) ends.push(index + 1);
    }
  }
  return ends;
}
