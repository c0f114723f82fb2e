import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { alerts } from '../../charts/facts/alerts/alerts.ts';
import { createProgram } from '../../src/cli/program.ts';
import { createMetrics } from '../../src/operator/telemetry/metrics.ts';

const pages = [
  ...['README.md', 'charts/README.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map(file => path.join('docs', file)),
].filter(file => file.endsWith('.md'));

const program = createProgram();

/** What a page prints as code: its blocks and spans, each line by itself, with continued lines joined. */
function codeOf(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, ' ');
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const spans = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...blocks, ...spans];
}

/** The commands of headstart in a line of code: the words after its name, to the end or to what a shell would do next. */
function commandsIn(line: string): readonly (readonly string[])[] {
  return [...line.matchAll(/(?:^|[\s(])headstart ([a-z][a-z-]*(?=$|[\s|&;>`#)])[^|&;>`#)]*)/g)].map(([, rest = '']) =>
    rest.trim().split(/\s+/),
  );
}

/** Why a command is none of headstart's; undefined when it is one. */
function faultOf([name = '', ...words]: readonly string[]): string | undefined {
  const command = program.commands.find(each => each.name() === name || each.aliases().includes(name));
  if (command === undefined) return `no command ${name}`;
  const sub = command.commands.find(each => each.name() === words[0]);
  const known = [...(sub ?? command).options, ...program.options].flatMap(({ long, short }) => [long, short]);
  const unknown = words
    .filter(word => /^--?[a-z]/.test(word))
    .map(word => word.replace(/[=,.:"'].*$/, ''))
    .find(word => !known.includes(word) && word !== '--help' && word !== '-h');
  return unknown === undefined ? undefined : `${name} has no option ${unknown}`;
}

describe.each(pages)('%s', page => {
  test('names only commands and options of headstart that exist', () => {
    const faults = codeOf(page).flatMap(line =>
      commandsIn(line).flatMap(words => (faultOf(words) === undefined ? [] : [`${faultOf(words)}: ${line.trim()}`])),
    );
    expect(faults).toEqual([]);
  });

  test('names only metrics, alerts and scripts that exist', async () => {
    const text = readFileSync(page, 'utf8');
    const registered = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
    const named = new Set([...text.matchAll(/\bheadstart_[a-z_]+[a-z]\b(?!\*|\.)/g)].map(([name]) => name));
    const metrics = [...named].filter(name => !registered.includes(name.replace(/_(bucket|sum|count)$/, '')));
    const told = new Set([...text.matchAll(/`?\bHeadstart[A-Z]\w+/g)].map(([name]) => name.replace('`', '')));
    const unknownAlerts = [...told].filter(name => !alerts.some(alert => alert.name === name));
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const asked = [...text.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect({ metrics, unknownAlerts, scripts: asked.filter(name => !Object.hasOwn(scripts, name)) }).toEqual({
      metrics: [],
      unknownAlerts: [],
      scripts: [],
    });
  });
});

test('what does not exist is found', () => {
  expect(faultOf(['plan', '-f', 'sale.yaml', '--targets', 'a'])).toBeUndefined();
  expect(faultOf(['plam'])).toBe('no command plam');
  expect(faultOf(['plan', '--tragets', 'a'])).toBe('plan has no option --tragets');
  expect(commandsIn('kubectl headstart plan -f a.yaml > b; npx headstart explain c')).toEqual([
    ['plan', '-f', 'a.yaml'],
    ['explain', 'c'],
  ]);
});
