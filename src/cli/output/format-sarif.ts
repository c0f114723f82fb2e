import { type Code, codes } from '../../validate/codes.ts';
import type { Finding } from '../../validate/finding.ts';

/**
 * Formats findings as SARIF 2.1.0, which code scanning reads: one rule for each code of the check, one result for each
 * finding.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function formatSarif(findings: readonly Finding[], checked: readonly Code[]): string {
  const rules = checked.map(code => ({
    id: code,
    shortDescription: { text: codes[code] },
    helpUri: 'https://headstart.dev/docs/validate.md#codes',
  }));
  const run = {
    tool: { driver: { name: 'headstart', informationUri: 'https://headstart.dev', rules } },
    columnKind: 'utf16CodeUnits',
    results: findings.map(resultOf),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ code, severity, file, line, column, object, message }: Finding) {
  const artifactLocation = { uri: encodeURI(file.replaceAll('\\', '/')) };
  return {
    ruleId: code,
    level: severity,
    message: { text: object === '' ? message : `${object}: ${message}` },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } }],
  };
}
