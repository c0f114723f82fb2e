import { expect } from 'vitest';

const emptyTags = new Set(['meta', 'br', 'link', 'hr', 'img', 'input']);

/** Fails unless every tag of an HTML page or SVG is closed in order and every & begins an entity. */
export function expectWellFormed(markup: string): void {
  const text = markup.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/^<!doctype html>/i, '');
  expect(text).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
  const open: string[] = [];
  for (const [, closing, name = '', rest = ''] of text.matchAll(/<(\/?)([a-z][a-z0-9-]*)([^<>]*)>/gi)) {
    const tag = name.toLowerCase();
    if (closing === '/') expect(open.pop(), `</${tag}> after ${open.join(' ')}`).toBe(tag);
    else if (!rest.endsWith('/') && !emptyTags.has(tag)) open.push(tag);
    expect(rest).not.toMatch(/\son\w+=/);
  }
  expect(open).toEqual([]);
}
