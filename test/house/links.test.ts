import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['docs', 'charts', 'forecasts', 'src', 'test'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => path.join(folder, file)),
  ),
].filter(file => file.endsWith('.md'));

test.each(pages)('every link in %s leads to a file or heading of this repository', page => {
  const broken = links(page).filter(link => !leadsSomewhere(page, link));
  expect(broken).toEqual([]);
});

/** Targets of markdown links and images that are not web addresses. */
function links(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(match => match[1] ?? '')
    .filter(link => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return false;
  return heading === undefined || headings(target).includes(heading);
}

/** Lists the anchors of a page as GitHub makes them: lower case, no punctuation, hyphens for spaces. */
function headings(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(match =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
