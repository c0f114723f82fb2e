import { expect, test } from 'vitest';
import { nodeWaitSeconds } from '../../../../charts/facts/clusters/node-room.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';

const { services, environments } = readOwnFacts();

test.each([
  ['a raise within the room that is kept free', 'production', 'cart', { minReplicas: 4, ceiling: 6 }, 0],
  ['a raise beyond it', 'production', 'cart', { minReplicas: 4, ceiling: 7 }, 120],
  ['a service for which no room is kept', 'production', 'search', { minReplicas: 4, ceiling: 5 }, 120],
  ['an environment without room', 'staging', 'cart', { minReplicas: 4, ceiling: 5 }, 120],
  ['a service that is never raised', 'staging', 'cart', { minReplicas: 4, ceiling: 4 }, 0],
])('%s waits for a new node as long as that takes', (_title, environment, service, bounds, seconds) => {
  const [facts] = services.filter(each => each.name === service);
  const [place] = environments.filter(each => each.name === environment);
  if (facts === undefined || place === undefined) throw new Error('no such facts');
  expect(nodeWaitSeconds(facts, place, bounds)).toBe(seconds);
});
