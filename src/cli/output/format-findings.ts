import type { Finding } from '../../validate/finding.ts';
import { formatTable } from './format-table.ts';

/** Formats of findings: for people, for programs, and for a pipeline's test report. */
export type FindingsForm = 'table' | 'json' | 'junit';

/** The findings of a check, and what it covered. */
export interface Findings {
  readonly findings: readonly Finding[];
  /** Number of objects checked. */
  readonly objects: number;
  /** Names of the rules checked. */
  readonly rules: readonly string[];
  /** Kinds that could not be checked. @default none */
  readonly unchecked?: readonly { readonly kind: string; readonly objects: number }[];
}

/** Formats findings; `title` names the check, in the table's last line and in the report. */
export function formatFindings(found: Findings, form: FindingsForm, title: string): string {
  if (form === 'json') return `${JSON.stringify({ title, ...found }, null, 2)}\n`;
  return form === 'junit' ? formatJunit(found, title) : formatText(found, title);
}

function formatText({ findings, objects, unchecked = [] }: Findings, title: string): string {
  const errors = countErrors(findings);
  const rows = findings.map(({ severity, rule, file, line, column, object, message }) => [
    `${file}:${line}:${column}`,
    severity,
    rule,
    object === '' ? message : `${object}: ${message}`,
  ]);
  const kinds = unchecked.map(({ kind, objects: count }) => `${kind} (${count})`).join(', ');
  return [
    ...(rows.length === 0 ? [] : [formatTable(rows)]),
    ...(kinds === '' ? [] : [`not looked into, for want of their CustomResourceDefinitions (--crds): ${kinds}`]),
    `${title}: ${objects} objects, ${errors} errors, ${findings.length - errors} warnings`,
    '',
  ].join('\n');
}

/**
 * Formats one test case per finding, as pipelines show them: an error is a failure, a warning is skipped, and a rule
 * without findings passes.
 */
function formatJunit({ findings, rules, unchecked = [] }: Findings, title: string): string {
  const errors = countErrors(findings);
  const found = findings.map(({ rule, severity, file, line, column, object, message }) => {
    const text = escapeXml(`${file}:${line}:${column}: ${message}`);
    const outcome = severity === 'error' ? 'failure' : 'skipped';
    return testCase(`${object} ${rule}`.trim(), file, `<${outcome} message="${text}"/>`);
  });
  const unknown = unchecked.map(({ kind, objects }) =>
    testCase(
      kind,
      'schema',
      `<skipped message="${objects} not looked into, for want of its CustomResourceDefinition"/>`,
    ),
  );
  const kept = rules
    .filter(rule => findings.every(finding => finding.rule !== rule))
    .map(rule => testCase(rule, title));
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
