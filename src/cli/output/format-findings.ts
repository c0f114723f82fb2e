import type { Code } from '../../validate/codes.ts';
import type { Finding } from '../../validate/finding.ts';
import { formatGithub } from './format-github.ts';
import { formatSarif } from './format-sarif.ts';
import { formatTable } from './format-table.ts';

/** Formats of findings: for people, programs, a pipeline's test report, code scanning and a workflow's annotations. */
export const findingsForms = ['table', 'json', 'junit', 'sarif', 'github'] as const;

/** One of the formats of findings. */
export type FindingsForm = (typeof findingsForms)[number];

/** The findings of a check, and what it covered. */
export interface Findings {
  readonly findings: readonly Finding[];
  /** Number of objects checked. */
  readonly objects: number;
  /** Codes that a finding of this check may have. */
  readonly codes: readonly Code[];
  /** Kinds that could not be checked. @default none */
  readonly unchecked?: readonly { readonly kind: string; readonly objects: number }[];
}

/** Formats findings; `title` names the check, in the table's last line and in the report. */
export function formatFindings(found: Findings, form: FindingsForm, title: string): string {
  switch (form) {
    case 'table':
      return formatText(found, title);
    case 'json':
      return `${JSON.stringify({ title, ...found }, null, 2)}\n`;
    case 'junit':
      return formatJunit(found, title);
    case 'sarif':
      return formatSarif(found.findings, found.codes);
    case 'github':
      return `${formatGithub(found.findings)}${lastLine(found, title)}\n`;
  }
}

function formatText({ findings, objects, unchecked = [] }: Findings, title: string): string {
  const rows = findings.map(({ severity, code, file, line, column, object, message }) => [
    `${file}:${line}:${column}`,
    severity,
    code,
    object === '' ? message : `${object}: ${message}`,
  ]);
  const kinds = unchecked.map(({ kind, objects: count }) => `${kind} (${count})`).join(', ');
  return [
    ...(rows.length === 0 ? [] : [formatTable(rows)]),
    ...(kinds === '' ? [] : [`not looked into, for want of their CustomResourceDefinitions (--crds): ${kinds}`]),
    lastLine({ findings, objects }, title),
    '',
  ].join('\n');
}

function lastLine({ findings, objects }: Pick<Findings, 'findings' | 'objects'>, title: string): string {
  const errors = countErrors(findings);
  return `${title}: ${objects} objects, ${errors} errors, ${findings.length - errors} warnings`;
}

/**
 * Formats one test case per finding, as pipelines show them: an error is a failure, a warning is skipped, and a code
 * without findings passes.
 */
function formatJunit({ findings, codes, unchecked = [] }: Findings, title: string): string {
  const errors = countErrors(findings);
  const found = findings.map(({ code, severity, file, line, column, object, message }) => {
    const text = escapeXml(`${file}:${line}:${column}: ${message}`);
    const outcome = severity === 'error' ? 'failure' : 'skipped';
    return testCase(`${object} ${code}`.trim(), file, `<${outcome} message="${text}"/>`);
  });
  const unknown = unchecked.map(({ kind, objects }) =>
    testCase(
      kind,
      'schema',
      `<skipped message="${objects} not looked into, for want of its CustomResourceDefinition"/>`,
    ),
  );
  const kept = codes
    .filter(code => findings.every(finding => finding.code !== code))
    .map(code => testCase(code, title));
  const cases = [...found, ...unknown, ...kept];
  const skipped = findings.length - errors + unknown.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escapeXml(title)}" tests="${cases.length}" failures="${errors}" skipped="${skipped}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n');
}

function testCase(name: string, classname: string, outcome = ''): string {
  return `  <testcase name="${escapeXml(name)}" classname="${escapeXml(classname)}">${outcome}</testcase>`;
}

function countErrors(findings: readonly Finding[]): number {
  return findings.filter(finding => finding.severity === 'error').length;
}

/** Escapes the characters that XML reserves, and replaces the control characters that it cannot contain. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uFFFD]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
