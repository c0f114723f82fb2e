import { describe, expect, test } from 'vitest';
import { migratedPercent } from '../../../charts/facts/call-graph.ts';
import { imageProblems } from '../../../charts/facts/problems/image-problems.ts';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';

const own = readOwnFacts();

describe('a service that is called constructor', () => {
  test('has the migration and the images that are stated for it, and no other', () => {
    const services = own.services.map(each => (each.name === 'cart' ? { ...each, name: 'constructor' } : each));
    for (const environment of own.environments) {
      expect(migratedPercent('constructor', environment)).toBe(100);
      expect(imageProblems({ ...own, services }).map(({ message }) => message)).toContain(
        `images ${environment.name}: no image for constructor`,
      );
    }
  });
});
