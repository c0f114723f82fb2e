import { didYouMean } from '../api/faults/closest-word.ts';
import { codes } from './codes.ts';
import type { Finding } from './finding.ts';
import type { ManifestFiles } from './read-objects.ts';

/** A comment that asks to leave findings of one code out, and the lines that it covers, counted from 1. */
interface Ignore {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly reason: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Leaves out the findings that a comment asks to ignore, and adds what is wrong with the comments:
 *
 *   # headstart: ignore latest-tag because the base image is rebuilt each night
 *
 *   the comment stands                            covers
 *   above the first key of a document             the whole document
 *   on a line of its own                          the next line and all below it that is indented deeper
 *   behind a value                                its line
 *
 * A comment without a reason or with an unknown code ignores nothing, and one that covers no finding is told, except in
 * `before`, the files as they were last applied.
 */
export function applyIgnores(
  findings: readonly Finding[],
  files: ManifestFiles,
  before: ManifestFiles = new Map(),
): readonly Finding[] {
  const now = ignoresIn(files);
  const all = [...now, ...ignoresIn(before)];
  const used = new Set<Ignore>();
  const kept = findings.filter(finding => {
    const found = all.find(ignore => covers(ignore, finding));
    if (found !== undefined) used.add(found);
    return found === undefined;
  });
  return [...kept, ...now.flatMap(ignore => faultOf(ignore, used.has(ignore)))];
}

function ignoresIn(files: ManifestFiles): readonly Ignore[] {
  return [...files].flatMap(([file, text]) => {
    if (!/#\s*headstart:\s*ignore\b/.test(text)) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, index): readonly Ignore[] => {
      const [, content, rest] = /^(.*?)#\s*headstart:\s*ignore\b(.*)$/.exec(line) ?? [];
      if (content === undefined || rest === undefined) return [];
      const [, code = '', reason = ''] = /^\s*(\S*)(?:\s+because\s+(.*))?/.exec(rest) ?? [];
      const lasts = content.trim() === '' ? coveredBelow(lines, index) : { from: index + 1, to: index + 1 };
      return [{ file, line: index + 1, column: content.length + 1, code, reason: reason.trim(), ...lasts }];
    });
  });
}

/** The lines that a comment on a line of its own covers. */
function coveredBelow(lines: readonly string[], index: number): { readonly from: number; readonly to: number } {
  const isContent = (line: string) => !/^\s*(#.*)?$/.test(line);
  const isEnd = (line: string) => /^(---|\.\.\.)(\s|$)/.test(line);
  const above = lines.slice(0, index).findLast(line => isContent(line));
  const next = lines.findIndex((line, at) => at > index && isContent(line));
  if (next < 0) return { from: index + 1, to: index + 1 };
  const isHead = above === undefined || isEnd(above);
  const depth = indentOf(lines[next] ?? '');
  const isItem = /^\s*-/.test(lines[next] ?? '');
  const after = lines.findIndex((line, at) => {
    if (at <= next || !isContent(line)) return false;
    if (isHead || isEnd(line)) return isEnd(line);
    const isListOfKey = !isItem && indentOf(line) === depth && /^\s*- /.test(line);
    return indentOf(line) <= depth && !isListOfKey;
  });
  return { from: index + 1, to: after < 0 ? lines.length : after };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function covers({ file, code, reason, from, to }: Ignore, finding: Finding): boolean {
  return reason !== '' && code === finding.code && file === finding.file && finding.line >= from && finding.line <= to;
}

function faultOf({ file, line, column, code, reason }: Ignore, isUsed: boolean): readonly Finding[] {
  const told = (severity: Finding['severity'], message: string): readonly Finding[] => [
    { code: 'ignore', severity, file, line, column, object: '', message },
  ];
  if (!Object.hasOwn(codes, code)) {
    const named = code === '' ? 'names no code' : `${code} is not a code${didYouMean(code, Object.keys(codes))}`;
    return told('error', `${named}: write # headstart: ignore CODE because REASON`);
  }
  if (reason === '') return told('error', `names no reason: write # headstart: ignore ${code} because REASON`);
  return isUsed ? [] : told('warning', `nothing of ${code} is found here: remove the comment`);
}
