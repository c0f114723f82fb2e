import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

/** From a second on a series has this value, grows by so much a second, or is gone. */
export type Segment = readonly [from: number, value: number | 'gone', perSecond?: number];

/** A series by its text in PromQL → its segments, the first of which begins at 0. */
export type Timeline = Readonly<Record<string, readonly Segment[]>>;

/** Seconds between two scrapes, and between two evaluations of the rules. */
export const scrapeSeconds = 15;

/** Why rules cannot be tested here; undefined where they can. */
export const promtoolMissing =
  spawnSync('promtool', ['--version']).status === 0
    ? undefined
    : 'promtool is not on the path: install Prometheus (Debian: apt-get install prometheus)';

/**
 * Compares when each alert fires first on a time line, in seconds from its begin, with what is expected; alerts that are
 * not named must not fire at all. The answer is promtool's complaint, empty when all is as expected.
 */
export function testAlerts(input: {
  /** Rule groups as Prometheus reads them. */
  readonly rules: unknown;
  readonly timeline: Timeline;
  readonly seconds: number;
  readonly fires: Readonly<Record<string, number>>;
}): string {
  const { rules, timeline, seconds, fires } = input;
  const folder = mkdtempSync(path.join(tmpdir(), 'headstart-alerts-'));
  const test = {
    interval: `${scrapeSeconds}s`,
    input_series: Object.entries(timeline).map(([series, segments]) => ({
      series,
      values: valuesOf(segments, seconds),
    })),
    promql_expr_test: [
      {
        expr: `min by (alertname) (min_over_time(timestamp(ALERTS{alertstate="firing"})[${seconds}s:${scrapeSeconds}s]))`,
        eval_time: `${seconds}s`,
        exp_samples: Object.entries(fires).map(([name, value]) => ({ labels: `{alertname="${name}"}`, value })),
      },
    ],
  };
  try {
    writeFileSync(path.join(folder, 'rules.yaml'), stringify(rules));
    const file = { rule_files: ['rules.yaml'], evaluation_interval: `${scrapeSeconds}s`, tests: [test] };
    writeFileSync(path.join(folder, 'test.yaml'), stringify(file));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'test.yaml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The samples of a series in promtool's notation: runs of `value+step x count`, and `stale` where it goes. */
function valuesOf(segments: readonly Segment[], seconds: number): string {
  const runs = segments.map(([from, value, perSecond = 0], index) => {
    const until = segments[index + 1]?.[0] ?? seconds + scrapeSeconds;
    const count = Math.ceil(until / scrapeSeconds) - Math.ceil(from / scrapeSeconds);
    if (count <= 0) return '';
    if (value === 'gone') return from === 0 ? `_x${count}` : `stale${count > 1 ? ` _x${count - 1}` : ''}`;
    return `${value}+${perSecond * scrapeSeconds}x${count - 1}`;
  });
  return runs.filter(run => run !== '').join(' ');
}
