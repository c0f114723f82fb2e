import { type BenchmarkTable, type Figure, type KeptResult, meets } from './benchmark.ts';
import { boundWords, numberWords, verdictWords } from './figure-words.ts';

const begin = '<!-- scoreboard: written by `npm run bench -- forecast --write`, not by hand -->';
const end = '<!-- end of the scoreboard -->';

/**
 * Formats the benchmarks as a section of Markdown: the missed goals, then for each benchmark its time, its settings,
 * and every figure with its goals.
 */
export function formatScoreboard(results: Readonly<Record<string, KeptResult>>): string {
  const tables = Object.values(results).flatMap(result => result.tables);
  const judged = tables.flatMap(({ figures }) => figures).filter(({ must }) => must !== undefined).length;
  const missed = tables.flatMap(missedIn);
  const sections = Object.entries(results).flatMap(([name, result]) => formatSection(name, result));
  return [`**Goals met: ${judged - missed.length} of ${judged}.**`, '', ...missed, '', ...sections].join('\n').trim();
}

/**
 * Replaces the scoreboard between the markers of a page.
 * @throws RangeError when the page has no markers
 */
export function renewScoreboard(page: string, scoreboard: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`the page must hold the lines ${begin} and ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${scoreboard}\n\n${page.slice(to)}`;
}

/** Lists the missed goals, one line each; an indented measure belongs to the one above it. */
function missedIn({ title, figures }: BenchmarkTable): readonly string[] {
  return figures.flatMap(({ measure, value, must }, i) => {
    if (meets(value, must) !== false) return [];
    const owner = measure.startsWith(' ')
      ? figures.slice(0, i).findLast(each => !each.measure.startsWith(' '))
      : undefined;
    const words = [title, ...(owner ? [owner.measure] : []), measure.trim()].join(' → ');
    return [`- Missed: ${words}: ${numberWords(value)} (must be ${boundWords(must)})`];
  });
}

function formatSection(name: string, { date, node, settings, tables }: KeptResult): readonly string[] {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
  return [
    `### ${name}`,
    '',
    `\`npm run bench -- ${name}\`, ${day}, Node ${node}.`,
    '',
    ...settings.map(line => `- ${line}`),
    '',
    ...tables.flatMap(({ title, figures }) => [`**${title}**`, '', ...formatFigures(figures), '']),
  ];
}

function formatFigures(figures: readonly Figure[]): readonly string[] {
  const rows = figures.map(figure => [
    figure.measure.replace(/^ +/, '… ').replaceAll('|', '\\|'),
    numberWords(figure.value),
    boundWords(figure.must),
    boundWords(figure.stretch),
    verdictWords(figure),
  ]);
  const all = [['', 'measured', 'must', 'stretch', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(3, ...all.map(row => (row[column] ?? '').length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(all[0] ?? []), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)];
}
