import { expect, test } from 'vitest';
import { fewestLines, findDuplicates } from '../support/house/duplicates.ts';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { readSourceFiles, sourceRoots } from '../support/house/source-files.ts';

/** Duplicates that existed when the rule was introduced. */
const tolerated = [
  '10 lines of charts/facts/problems/describe-issue.ts and src/api/faults/describe-issue.ts',
  '11 lines of charts/facts/problems/closest-word.ts and src/api/faults/closest-word.ts',
  '8 lines of forecasts/models/last-value.ts and forecasts/models/seasonal-naive.ts',
];

test(`no ${fewestLines} lines of code stand in two places`, () => {
  const found = findDuplicates(readSourceFiles([...sourceRoots, 'test']));
  expectOnlyTolerated(
    `What is written twice is mended once: give these lines a name and a file, and call it from both. ${found.map(describePlaces).join('; ')}`,
    found.map(({ lines, one, other }) => `${lines} lines of ${one.file} and ${other.file}`),
    tolerated,
  );
});

function describePlaces({ one, other }: ReturnType<typeof findDuplicates>[number]): string {
  return `${one.file}:${one.first}-${one.last} = ${other.file}:${other.first}-${other.last}`;
}

const step = (i: number) => `const step${i} = next(step${i - 1});`;
const steps = (count: number) => Array.from({ length: count }, (_, i) => step(i));

test('equal lines are found whatever stands between them, as one run from its first line to its last', () => {
  const one = ['/** One. */', ...steps(10), 'end();'].join('\n');
  const other = ["import { next } from './next.ts';", '', ...steps(10).map(line => `  ${line} // so`), 'stop();'].join(
    '\n',
  );
  expect(
    findDuplicates([
      { file: 'one.ts', text: one },
      { file: 'other.ts', text: other },
    ]),
  ).toEqual([
    { lines: 10, one: { file: 'one.ts', first: 2, last: 11 }, other: { file: 'other.ts', first: 3, last: 12 } },
  ]);
});

test('what is shorter, or a row of equal lines in one file, is none; the same part twice in one file is one', () => {
  const short = { file: 'short.ts', text: steps(fewestLines - 1).join('\n') };
  const row = { file: 'row.ts', text: Array(12).fill('row();').join('\n') };
  const twice = { file: 'twice.ts', text: [...steps(9), 'between();', ...steps(9)].join('\n') };
  expect(findDuplicates([short, { ...short, file: 'shorter.ts' }, row])).toEqual([]);
  expect(findDuplicates([twice])).toMatchObject([{ lines: 9, one: { first: 1 }, other: { first: 11 } }]);
});
