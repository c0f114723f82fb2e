import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ReasonStep } from '../src/api/sale-plan.ts';
import { planOf } from './support/shop/apply-planned.ts';

/** The heading of docs/runbook.md under which the words of a rule are found. */
const headings: Readonly<Record<string, string>> = {
  sink: 'A floor sank',
  rampDown: 'A floor sank',
  restore: 'A floor sank',
  hold: 'A floor did not sink',
  keep: 'A floor did not sink',
  limit: 'A floor is lower than I expected',
  sharedLimit: 'A floor is lower than I expected',
  guard: 'A floor is lower than I expected',
  rampUp: 'A floor is lower than I expected',
  approval: 'A floor is lower than I expected',
  pause: 'A floor is lower than I expected',
  mode: 'A floor is lower than I expected',
  putBack: 'A floor is lower than I expected',
};
/** `keep` and `raise` tell of a floor without a forecast in the same words. */
const byRecord = 'A floor is lower than I expected';

const runbook = readFileSync('docs/runbook.md', 'utf8');
const folder = path.join(import.meta.dirname, 'cases');
const told: readonly ReasonStep[] = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .flatMap(({ name }) => planOf(parse(readFileSync(path.join(folder, name, 'given.yaml'), 'utf8'))).plan.targets)
  .flatMap(({ because }) => because);

test('the runbook has the words of every step that lowers, holds or limits a floor, under its heading', () => {
  const lost = told
    .filter(({ rule }) => rule in headings)
    .filter(({ rule, message }) => {
      const patterns = [...patternsUnder(headings[rule] ?? ''), ...(rule === 'keep' ? patternsUnder(byRecord) : [])];
      return !patterns.some(pattern => pattern.test(message));
    });
  expect(lost).toEqual([]);
});

test('no words of the runbook are told by nobody', () => {
  const unheard = [...new Set(Object.values(headings))]
    .flatMap(patternsUnder)
    .filter(pattern => !told.some(({ message }) => pattern.test(message)));
  expect(unheard).toEqual([]);
});

/** The messages in the first column of the table under a heading; `…` stands for any words. */
function patternsUnder(heading: string): readonly RegExp[] {
  const [, section = ''] = runbook.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| `([^`]+)` *\|/gm)].map(
    ([, words = '']) => new RegExp(`^${words.split('…').map(escapeWords).join('.+')}$`),
  );
}

function escapeWords(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
