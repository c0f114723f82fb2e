import type { Argument, Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { runHere } from '../../support/cli/run-here.ts';

/** Every command, called wrongly in each way that its own options and arguments allow. */
const leaves = (command: Command, path: readonly string[] = []): readonly (readonly [readonly string[], Command])[] =>
  command.commands.length === 0
    ? [[path, command]]
    : command.commands.flatMap(each => leaves(each, [...path, each.name()]));
/** `completion` and the hidden `complete` answer a shell, with whatever stands on its line. */
const commands = leaves(createProgram()).filter(([[first = '']]) => !/^complete|^completion/.test(first));

/** A value that every argument and option takes, where it takes one. */
const values: Readonly<Record<string, string>> = {
  action: 'end',
  sheet: 'sheet.csv',
  percent: '300',
  for: '1h',
  all: '',
};
const argument = (of: Argument) => (of.required ? [values[of.name()] ?? 'drop'] : []);
const option = (of: Option) => (of.mandatory ? [of.long ?? '', values[of.attributeName()] ?? 'drop'] : []);
const called = (command: Command) =>
  [...command.registeredArguments.flatMap(argument), ...command.options.flatMap(option)].filter(text => text !== '');

const byCommand = commands.flatMap(([path, command]) => {
  const right = [...path, ...called(command)];
  const wrong: (readonly [string, readonly string[]])[] = [['an option that is not there', [...right, '--nonsense']]];
  if (!command.registeredArguments.some(({ variadic }) => variadic))
    wrong.push(['an argument too many', [...right, '--', ...command.registeredArguments.map(() => 'drop'), 'more']]);
  if (right.length > path.length) wrong.push(['what it needs left out', path]);
  for (const { long = '', argChoices, required, optional } of command.options) {
    if (argChoices !== undefined) wrong.push([`${long} of no such choice`, [...right, `${long}=nonsense`]]);
    if (required && !optional) wrong.push([`${long} without its value`, [...right, long]]);
  }
  for (const { long = '', parseArg } of command.options)
    if (parseArg !== undefined) wrong.push([`${long} of an unset variable`, [...right, `${long}=`]]);
  return wrong.map(([what, args]) => [path.join(' '), what, args] as const);
});

test('every command is walked', () => {
  expect(commands.length).toBeGreaterThan(22);
  expect(byCommand.length).toBeGreaterThan(200);
});

test.each(byCommand)('headstart %s with %s is misuse, said in three lines at most', async (path, _, args) => {
  const { code, stdout, stderr } = await runHere(...args);
  expect(stderr).toMatch(/^error: /);
  expect(stderr.trim().split('\n').at(-1)).toBe(`See headstart ${path} --help.`);
  expect(stderr.trim().split('\n').length).toBeLessThan(4);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

describe('what contradicts itself is misuse', () => {
  test.each([
    [['status', '--server', 'http://127.0.0.1:1', '--context', 'prod'], /cannot be used with option '--context/],
    [['status', '--server', 'localhost:8001'], /expected an address, as http:\/\/127\.0\.0\.1:8001/],
    [['status', '--server', 'http://127.0.0.1:1', '--as-group', 'sre'], /--as-group needs --as/],
    [['emergency', 'ceiling'], /state why with --reason/],
    [['emergency', 'end', '--direct'], /--direct goes with ceiling or baseline/],
    [['emergency', 'ceiling', '--reason', 'x', '--wait', '5m'], /--wait goes with --direct/],
    [['freeze', 'check', '-o', 'sarif'], /-o sarif needs a folder/],
    [['forecast'], /say where demand is read/],
    [['forecast', '--history', 'a.csv', '--settings', 's.yaml'], /--settings goes with the metric sources/],
    [['forecast', '--history', 'a.csv', '--explain', '-o', 'svg'], /go with -o table or json, not svg/],
    [['plan', '-f', 'sale.yaml'], /say where demand is read/],
    [['sandbox', '--keep', '--json'], /--keep goes without --json/],
    [['sandbox', '--speed', '20'], /--speed goes with --keep/],
    [['adopt'], /name one HPA, or say --all/],
    [['adopt', '--all'], /--all needs --settings/],
  ])('%j', async (args, message) => {
    const { code, stderr } = await runHere(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^See headstart [a-z ]+ --help\.$/m);
    expect(code).toBe(2);
  });

  test('a word that is nearly a command is answered with it, and not with the whole help', async () => {
    const { code, stderr } = await runHere('satus');
    expect(stderr).toBe("error: unknown command 'satus'\n(Did you mean status?)\nSee headstart --help.\n");
    expect(code).toBe(2);
  });
});

const nobody = ['--server', 'http://127.0.0.1:1'];

test.each(
  commands
    .filter(([, { options }]) => options.some(({ long }) => long === '--server'))
    .map(([path, command]) => [path.join(' '), [...path, ...called(command)]] as const)
    .filter(([path]) => !/^(operator|restore|freeze|plan|forecast|adopt|history|sources)/.test(path)),
)('headstart %s exits 3 where nothing listens, and names the server once', async (path, args) => {
  const dry = /emergency/.test(path) ? ['--reason', 'x'] : [];
  const { code, stderr } = await runHere(...args, ...dry, ...nobody);
  expect(stderr.match(/trying again/g)).toHaveLength(1);
  expect(stderr).toMatch(/^headstart: gave up on http:\/\/127\.0\.0\.1:1: ECONNREFUSED$/m);
  expect(stderr.match(/GET |POST /g)).toHaveLength(1);
  expect(code).toBe(3);
});
