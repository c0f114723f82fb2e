import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { additions } from '../support/house/made-up-additions.ts';
import { readRows } from '../support/house/page-rows.ts';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { copySources } from '../support/house/source-copy.ts';
import { forecastsOf, observationOf } from '../support/shop/planned-namespace.ts';

/** Rows that this test has no made-up example for. */
const untried = ['a metric source', 'an Event of a write'];

const rows = readRows('docs/architecture.md', 'Where to add');
const newFiles = additions.flatMap(({ file }) => file ?? []);
const edited = new Set(additions.flatMap(({ insertions }) => insertions.map(each => each.file)));
const inserted = new Set<string>();
const copy = copySources();
afterAll(() => copy.remove());

test('one thing is made up for each row of the page', () => {
  expect(rows.length).toBeGreaterThan(additions.length);
  const tried = additions.map(({ row }) => row);
  expect(tried.filter(row => rows.every(({ what }) => what !== row))).toEqual([]);
  expectOnlyTolerated(
    'A row that nobody follows stops being true: make something up for it in test/support/house/made-up-additions.ts.',
    rows.map(({ what }) => what).filter(what => !tried.includes(what)),
    untried,
  );
});

test.each(additions)('the row of $row names every place that it needs, and no other', ({ row, file, insertions }) => {
  const { files = [], folders = [] } = rows.find(({ what }) => what === row) ?? {};
  expect({ files: [...files].sort(), folders }).toEqual({
    files: [...new Set(insertions.map(each => each.file))].sort(),
    folders: file === undefined ? [] : [path.dirname(file.path)],
  });
});

describe('in a copy of the sources', () => {
  test('a new file whose line is missing is named by the check of unused files', () => {
    for (const { path: place, text } of newFiles) copy.write(place, text);
    expect(unusedFiles()).toEqual(expect.arrayContaining(newFiles.map(file => file.path)));
  });

  test('a new service whose images are missing is named with each environment that has none', () => {
    insert('charts/facts/services.ts');
    const { exitCode, output } = copy.runNode('charts/main.ts');
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining('no image for made-up') });
    expect(output.match(/no image for made-up/g)).toHaveLength(6);
  });

  test('a condition that is not in the catalogue, and a reason without a meaning, do not compile', () => {
    insert('src/plan/conditions/target-conditions.ts');
    expect(copy.typeErrors(conditionFiles)).toContainEqual(expect.stringMatching(/made-up-condition\.ts:.*'"MadeUp"'/));
    insert('src/api/conditions/target-condition-entries.ts');
    expect(copy.typeErrors(conditionFiles)).toEqual([expect.stringMatching(/condition-reasons\.ts:.*InventedHere/)]);
    insert('src/api/conditions/condition-reasons.ts');
    expect(copy.typeErrors(conditionFiles)).toEqual([]);
  });

  test('a step of a rule that has no name in the list of rules does not compile', () => {
    insert('src/plan/floor/replicas/replica-chain.ts');
    expect(copy.typeErrors(ruleFiles)).toEqual([expect.stringMatching(/add-spare\.ts:.*'"spare"'/)]);
    insert('src/api/planning-rules.ts');
    expect(copy.typeErrors(ruleFiles)).toEqual([]);
  });

  test('with all lines, no new file is unused', () => {
    for (const file of edited) if (!inserted.has(file)) insert(file);
    const unused = unusedFiles();
    expect(newFiles.filter(file => unused.includes(file.path))).toEqual([]);
  });

  test('the command runs', () => {
    expect(copy.runNode('src/main.ts', 'made-up')).toEqual({ exitCode: 0, output: 'made up, and found\n' });
  });

  test('the operator’s forecast is made of the new model, too, on every grid', () => {
    copy.write('members.ts', printMembers);
    const { output } = copy.runNode('members.ts');
    expect(output.trim().split('\n')).toEqual(['made up', 'made up']);
  });

  test('the backtest compares with the new benchmark model', () => {
    const start = Date.UTC(2026, 10, 2);
    const hours = Array.from({ length: 96 }, (_, i) => `${new Date(start + i * 3_600_000).toISOString()},${100 + i}`);
    copy.write('history.csv', `timestamp,rps\n${hours.join('\n')}\n`);
    const options = ['--history', 'history.csv', '--horizon', '1h', '--origins', '1'];
    const { exitCode, output } = copy.runNode('src/main.ts', 'backtest', ...options);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/^history .* made-up /m) });
  });

  test('a plan has the new condition of its targets, and the step of the new rule in their floors', () => {
    const given = parse(readFileSync('test/cases/the-prescale-time-has-come/given.yaml', 'utf8'));
    const observation = observationOf(given);
    copy.write('given.json', JSON.stringify({ observation, forecasts: forecastsOf(given, observation) }));
    copy.write('plan.ts', printPlan);
    expect(copy.runNode('plan.ts')).toEqual({ exitCode: 0, output: 'It is made up.\none to spare\n' });
  });

  test('the service gets its manifests in every environment', () => {
    const { exitCode, output } = copy.runNode('charts/main.ts', '--diff', 'nowhere');
    expect(exitCode).toBe(2);
    const environments = [...output.matchAll(/^\+ (\S+)\/made-up\/deployment\.made-up\.yaml$/gm)].map(
      match => match[1],
    );
    expect(environments).toHaveLength(6);
  });
});

const conditionFiles = [
  'src/plan/conditions/made-up-condition.ts',
  'src/plan/conditions/target-conditions.ts',
  'src/api/conditions/target-condition-entries.ts',
  'src/api/conditions/condition-reasons.ts',
];

/** Prints the made-up member from the operator's forecast, for steps of an hour and of five minutes. */
const printMembers = `import { fitDemand } from './forecasts/index.ts';

const start = Date.UTC(2026, 10, 2);
for (const stepSeconds of [3600, 300]) {
  const perDay = 86_400 / stepSeconds;
  const values = Array.from({ length: 14 * perDay }, (_, i) => 100 + ((7919 * i) % 101));
  const now = start + values.length * stepSeconds * 1000;
  const fitted = fitDemand({ start, stepSeconds, values }, { now, events: [] });
  const { members } = fitted.explain({ from: now, steps: 1, levels: [], events: [] });
  console.log(members.map(member => member.name).find(name => name === 'made up'));
}
`;

const ruleFiles = ['src/plan/floor/replicas/add-spare.ts', 'src/plan/floor/replicas/replica-chain.ts'];

/** Prints the made-up condition and the made-up step from the first target of a plan. */
const printPlan = `import { readFileSync } from 'node:fs';
import { acceptNamespace } from './src/plan/accept/accept-namespace.ts';
import { namespaceFloors } from './src/plan/floor/namespace-floors.ts';
import { planNamespace } from './src/plan/plan-namespace.ts';

const { observation, forecasts } = JSON.parse(readFileSync('given.json', 'utf8'));
const accepted = acceptNamespace(observation);
const [{ conditions, because }] = planNamespace(namespaceFloors({ observation, accepted, forecasts })).targets;
console.log(conditions.find(({ type }) => type === 'MadeUp')?.message);
console.log(because.find(({ rule }) => rule === 'spare')?.message);
`;

function insert(file: string): void {
  inserted.add(file);
  for (const insertion of additions.flatMap(({ insertions }) => insertions))
    if (insertion.file === file) copy.insert(insertion);
}

/** Returns the report of `npm run check:unused` on the files of the copy. */
function unusedFiles(): readonly string[] {
  const { output } = copy.runNode('node_modules/.bin/knip', '--include', 'files', '--reporter', 'compact');
  return output.split('\n').map(line => line.split(':')[0] ?? '');
}
