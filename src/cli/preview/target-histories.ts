import type { Series } from '../../../forecasts/index.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { listFiles } from '../files/list-files.ts';
import { type FileSeries, historyExtensions, historyName, readHistory } from '../files/read-history.ts';
import { readText } from '../files/table/read-text.ts';

/**
 * Reads the histories of targets: `<target>.csv`, or columns and rows with a target's name in any other file of the
 * folder, or in one file.
 *
 * @throws Error when no target has a history, one has two, or a file of several series does not tell which is meant
 */
export function readTargetHistories(
  place: string,
  targets: readonly string[],
  options: HistoryOptions,
  tell: (note: string) => void,
): Readonly<Record<string, Series>> {
  const files = listFiles(place, historyExtensions);
  const found = new Map<string, { readonly series: Series; readonly file: string }>();
  const add = (target: string, file: string, series: Series) => {
    const before = found.get(target);
    if (before !== undefined)
      throw new Error(`the history of ${target} is in ${before.file} and in ${file}: remove one`);
    found.set(target, { series, file });
  };
  for (const file of files.filter(each => targets.includes(historyName(each)))) {
    const target = historyName(file);
    add(target, file, seriesFor(target, file, readHistory(file, options, tell)));
  }
  const left = targets.filter(target => !found.has(target));
  for (const file of files.filter(each => !targets.includes(historyName(each)) && mentions(each, left))) {
    for (const { name, series } of readHistory(file, options, tell)) {
      const target = left.find(each => namesTarget(name, each));
      if (target !== undefined) add(target, file, series);
    }
  }
  if (found.size === 0)
    throw new Error(
      `${place} has no history: expected <target>.csv for one of ${targets.toSorted().join(', ')}, or a file with columns of these names`,
    );
  return Object.fromEntries([...found].map(([target, { series }]) => [target, series]));
}

/** Chooses a file's series for the target that the file is named after: its only one, or the one with that name. */
function seriesFor(target: string, file: string, all: readonly FileSeries[]): Series {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only.series;
  const named = all.find(({ name }) => namesTarget(name, target));
  if (named !== undefined) return named.series;
  const names = all.map(({ name }) => name).join(', ');
  throw new Error(`${file} has ${all.length} series: ${names}: say which with --value-column`);
}

/**
 * Tells whether a column's name means a target: `checkout`, `checkout (req/s)`, `checkout_rpm`, or a label of that
 * value, as `{service="checkout"}` and `service:checkout`.
 */
export function namesTarget(column: string, target: string): boolean {
  const words = column
    .toLowerCase()
    .replace(/[([][^)\]]*[)\]]\s*$/, '')
    .replace(/[\s_.]+(?:r?ps|rpm|rph|qps|req\/s|per[\s_](?:second|minute|hour))$/, '')
    .trim();
  if (words === target) return true;
  const labels = column.matchAll(/[\w.]+\s*[=:]\s*"?([a-z0-9.-]+)"?/gi);
  return [...labels].some(([, value]) => value === target);
}

/** Tells whether a file's text holds one of the names as a whole word, so that other tables are passed over. */
function mentions(file: string, targets: readonly string[]): boolean {
  const { text } = readText(file);
  return targets.some(target =>
    new RegExp(`(?<![\\w-])${target.replaceAll('.', '\\.')}(?![\\w-])|(?<![\\w-])${target}_`, 'i').test(text),
  );
}
