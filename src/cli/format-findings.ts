import type { Finding } from '../validate/finding.ts';
import { formatTable } from './format-table.ts';

/** How findings are shown: to people, to programs, to a pipeline's test report. */
export type FindingsForm = 'table' | 'json' | 'junit';

/** Findings as text; `title` is what was checked, and stands in the table's last line and in the report. */
export function formatFindings(findings: readonly Finding[], form: FindingsForm, title: string): string {
  if (form === 'json') return `${JSON.stringify({ title, findings }, null, 2)}\n`;
  if (form === 'junit') return formatJunit(findings, title);
  const errors = findings.filter(finding => finding.severity === 'error').length;
  const summary = `${title}: ${errors} errors, ${findings.length - errors} warnings\n`;
  if (findings.length === 0) return summary;
  const rows = findings.map(({ severity, rule, file, line, object, message }) => [
    `${file}:${line}`,
    severity,
    rule,
    object === '' ? message : `${object}: ${message}`,
  ]);
  return `${formatTable(rows)}\n${summary}`;
}

/** A test case a finding, since that is what pipelines draw; a failure each error, a skip each warning. */
function formatJunit(findings: readonly Finding[], title: string): string {
  const errors = findings.filter(finding => finding.severity === 'error').length;
  const cases = findings.map(({ rule, severity, file, line, object, message }) => {
    const name = `name="${escapeXml(`${object} ${rule}`.trim())}" classname="${escapeXml(file)}"`;
    const text = escapeXml(`${file}:${line}: ${message}`);
    return `  <testcase ${name}><${severity === 'error' ? 'failure' : 'skipped'} message="${text}"/></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escapeXml(title)}" tests="${findings.length}" failures="${errors}" skipped="${findings.length - errors}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
