import type { BenchmarkResult } from './benchmark.ts';
import { boundWords, numberWords, verdictWords } from './figure-words.ts';

/** Formats a benchmark's tables as text: measure, figure, goals, and a note on each missed goal. */
export function formatBenchmark(name: string, { settings, tables, skipped }: BenchmarkResult): string {
  const lines = [`# ${name}`, ...settings.map(line => `  ${line}`)];
  for (const { title, figures } of tables) {
    lines.push('', title);
    const width = Math.max(...figures.map(({ measure }) => measure.length));
    for (const figure of figures) {
      const { measure, value, must, stretch } = figure;
      const goals = [
        must === undefined ? '' : `must ${boundWords(must)}`,
        stretch === undefined ? '' : `stretch ${boundWords(stretch)}`,
      ];
      lines.push(
        `  ${measure.padEnd(width)}  ${numberWords(value).padStart(8)}  ${goals.filter(Boolean).join('  ').padEnd(32)}  ${verdictWords(figure)}`.trimEnd(),
      );
    }
  }
  return `${[...lines, ...skipped.map(reason => `SKIPPED: ${reason}`)].join('\n')}\n`;
}
