import { expect, test } from 'vitest';
import { formatGithub } from '../../../src/cli/output/format-github.ts';

test('escapes what a workflow command reserves, in the file and in the message', () => {
  const finding = { code: 'yaml', severity: 'warning', line: 1, column: 2, object: '' } as const;
  const findings = [{ ...finding, file: 'a,b:c.yaml', message: '100 %\n::error::x' }];
  expect(formatGithub(findings)).toBe('::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=yaml::100 %25%0A::error::x\n');
});
