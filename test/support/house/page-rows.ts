import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A row of the table "Where to add": what is added, and the places that it names. */
export interface PageRow {
  readonly what: string;
  /** Files that the row links, as paths from the root; pages are left out. */
  readonly files: readonly string[];
  /** Folders that it names, without the last slash. */
  readonly folders: readonly string[];
}

/** Reads the table under a heading of a page. */
export function readRows(page: string, heading: string): readonly PageRow[] {
  const [, after = ''] = readFileSync(page, 'utf8').split(`## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  const rows = section.split('\n').filter(line => line.startsWith('|'));
  return rows.slice(2).map(line => {
    const [, what = '', place = ''] = line.split('|').map(cell => cell.trim());
    const links = [...place.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => path.join(path.dirname(page), link));
    return {
      what,
      files: links.filter(link => !link.endsWith('.md')),
      folders: [...place.matchAll(/`([\w./-]+)\/`/g)].map(([, folder = '']) => folder),
    };
  });
}
