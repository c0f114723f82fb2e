import { parse } from 'csv-parse/sync';

/** A row of a table, and its place. */
export interface TableRow {
  /** The cells without quotes and blanks around them. */
  readonly cells: readonly string[];
  /** `file:line`. */
  readonly where: string;
}

/** The rows of a text in the order of its lines, without empty ones and comments. */
export interface Table {
  readonly rows: readonly TableRow[];
  readonly delimiter: string;
}

/** What may stand between cells; a comma comes last because it is also a decimal sign. */
const delimiters = ['\t', ';', '|', ','];
const sampleLines = 200;
/** The line that tells Excel the delimiter. */
const excelHint = /^sep=(.)(?=\n)/i;
/** Lines that psql draws: the rule under the header, and the count of rows. */
const drawn = /^(?:[-+|: ]+|\(\d+ \w+\))$/;

/**
 * Parses a text of cells between tabs, semicolons, bars or commas, with quotes where needed. Empty lines, comments (#)
 * and the lines that psql and Excel add are left out. Any kind of line end is accepted.
 *
 * @throws Error naming the file when a quote is never closed
 */
export function parseTable(file: string, text: string): Table {
  const lines = text.replace(/\r\n?/g, '\n');
  const hinted = excelHint.exec(lines)?.[1];
  // The hint becomes an empty line, so that the lines keep their numbers.
  const body = hinted === undefined ? lines : lines.replace(excelHint, '');
  const delimiter = hinted ?? likelyDelimiter(body);
  const rows = parseRecords(file, body, delimiter).flatMap(({ record, line }) => {
    const cells = delimiter === '|' ? withoutEdges(record) : record;
    if (cells.every(cell => cell === '') || drawn.test(record.join(delimiter))) return [];
    return [{ cells, where: `${file}:${line}` }];
  });
  return { rows, delimiter };
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly line: number;
}

function parseRecords(file: string, text: string, delimiter: string): readonly ParsedRecord[] {
  try {
    const records: ParsedRecord[] = [];
    parse(text, {
      delimiter,
      trim: true,
      comment: '#',
      comment_no_infix: true,
      skip_empty_lines: true,
      relax_quotes: true,
      relax_column_count: true,
      on_record: (record: string[], { lines }) => {
        records.push({ record, line: lines });
        return null;
      },
    });
    return records;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is no table: ${why}`, { cause });
  }
}

/** Chooses the first delimiter that cuts most lines into the same number of cells, at least two. */
function likelyDelimiter(text: string): string {
  const lines = text
    .split('\n', sampleLines)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !drawn.test(line))
    .map(line => line.replace(/"[^"]*"/g, ''));
  const steady = delimiters.find(delimiter => {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length;
      counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const [[cells, often] = [1, 0]] = [...counts].sort(([, a], [, b]) => b - a);
    return cells > 1 && often >= 0.6 * lines.length;
  });
  return steady ?? delimiters.find(delimiter => lines.some(line => line.includes(delimiter))) ?? ',';
}

/** Drops the empty cells at both edges, which the outer bars of a Markdown table make. */
function withoutEdges(cells: readonly string[]): readonly string[] {
  return cells.length > 2 && cells[0] === '' && cells.at(-1) === '' ? cells.slice(1, -1) : cells;
}
