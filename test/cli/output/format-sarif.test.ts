import { expect, test } from 'vitest';
import { formatSarif } from '../../../src/cli/output/format-sarif.ts';

test('describes each code that was checked, and points each result at one of them', () => {
  const findings = [
    {
      code: 'schema',
      severity: 'warning',
      file: 'a b/c.yaml',
      line: 3,
      column: 4,
      object: 'Pod shop/a',
      message: 'is odd',
    } as const,
  ];
  const { runs, version } = JSON.parse(formatSarif(findings, ['yaml', 'schema']));
  expect(version).toBe('2.1.0');
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['yaml', 'schema']);
  expect(runs[0].results).toEqual([
    {
      ruleId: 'schema',
      level: 'warning',
      message: { text: 'Pod shop/a: is odd' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/c.yaml' },
            region: { startLine: 3, startColumn: 4 },
          },
        },
      ],
    },
  ]);
});
