import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const pages = readdirSync('docs/decisions').sort();

test('decisions are numbered from 1 on, without a hole and without a number taken twice', () => {
  const numbers = pages.map(page => page.slice(0, 4));
  expect(numbers).toEqual(pages.map((_, i) => String(i + 1).padStart(4, '0')));
});

test.each(pages)('%s says its number in its title, and whether it is in force', page => {
  const text = readFileSync(`docs/decisions/${page}`, 'utf8');
  expect(text).toMatch(new RegExp(`^# ${Number(page.slice(0, 4))}\\. .+\n\nStatus: (accepted|superseded)`));
});

test('a decision that a page or a comment names by its number is one of them', () => {
  const named = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').filter(name => name.endsWith('.md'))]
    .map(name => (name.includes('README') || name.includes('CONTRIBUTING') ? name : `docs/${name}`))
    .flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/\[decision (\d+)\]\((?:docs\/)?decisions\/(\d{4})/g)].map(match => ({
        file,
        words: Number(match[1]),
        link: Number(match[2]),
      })),
    );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ words, link }) => words !== link)).toEqual([]);
});
