import { expect, test } from 'vitest';
import type { Event } from '../../../forecasts/index.ts';
import { areSameEvents, isSamePiece } from '../../../src/operator/forecasting/same-piece.ts';

const event: Event = { id: 'drop-20261127-2000', start: 0, end: 3_600_000, statedPeakRatio: 6, features: { stock: 5 } };
const isSame = (other: Partial<Event>) => areSameEvents([event], [{ ...event, ...other }]);

test('sales are the same by their content, whatever object holds it', () => {
  expect(isSame({ features: { stock: 5 } })).toBe(true);
});

test.each<[string, Partial<Event>]>([
  ['the name', { id: 'other' }],
  ['the start', { start: 60_000 }],
  ['the end', { end: 60_000 }],
  ['the stated peak', { statedPeakRatio: 7 }],
  ['a feature', { features: { stock: 6 } }],
  ['the past sales that it names as of its kind', { similarTo: ['drop-20261120-2000'] }],
])('%s makes another forecast', (_, other) => {
  expect(isSame(other)).toBe(false);
});

test('a piece at other quantile levels has another forecast', () => {
  const piece = { from: 0, steps: 60, coarseness: 1, events: [event] };
  expect(isSamePiece(piece, { ...piece })).toBe(true);
  expect(isSamePiece(piece, { ...piece, levels: [0.5, 0.99] })).toBe(false);
  expect(isSamePiece({ ...piece, levels: [0.5, 0.99] }, { ...piece, levels: [0.5, 0.99] })).toBe(true);
});
