import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventReasons } from '../../src/api/event-reasons.ts';

test('every Event of the table is recorded somewhere, and no other', () => {
  const sources = globSync('src/**/*.ts').map(file => readFileSync(file, 'utf8'));
  const drafted = sources.flatMap(source => [...source.matchAll(/draftEvent\(\w+, '(\w+)'/g)].map(match => match[1]));
  expect([...new Set(drafted)].sort()).toEqual(Object.keys(eventReasons).sort());
});
