import { type BenchmarkResult, type Figure, meets } from './benchmark.ts';

/** A benchmark's tables as text: measure, figure, goals, and a word on each goal missed. */
export function formatBenchmark(name: string, { settings, tables, skipped }: BenchmarkResult): string {
  const lines = [`# ${name}`, ...settings.map(line => `  ${line}`)];
  for (const { title, figures } of tables) {
    lines.push('', title);
    const width = Math.max(...figures.map(({ measure }) => measure.length));
    for (const figure of figures) {
      const { measure, value, must, stretch } = figure;
      const goals = [
        must === undefined ? '' : `must ${bound(must)}`,
        stretch === undefined ? '' : `stretch ${bound(stretch)}`,
      ];
      lines.push(
        `  ${measure.padEnd(width)}  ${number(value).padStart(8)}  ${goals.filter(Boolean).join('  ').padEnd(32)}  ${verdict(figure)}`.trimEnd(),
      );
    }
  }
  return `${[...lines, ...skipped.map(reason => `SKIPPED: ${reason}`)].join('\n')}\n`;
}

function verdict({ value, must, stretch }: Figure): string {
  if (meets(value, must) === false) return 'MISSED';
  if (meets(value, stretch) === true) return 'stretch met';
  return must === undefined ? '' : 'met';
}

function bound(goal: number | readonly [number, number]): string {
  return typeof goal === 'number' ? `≤ ${number(goal)}` : `${number(goal[0])}–${number(goal[1])}`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toFixed(digits);
}
