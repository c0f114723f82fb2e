import { describe, expect, test } from 'vitest';
import { type SpreadRecord, spreadByRecord } from '../../../forecasts/events/spread-record.ts';

const known = { day: [], occasion: [], stated: [], counted: [], features: [] };
const newKind = { day: [], occasion: [], stated: [], counted: [], features: ['with kind big'] };
const nextOfCount = { day: [], occasion: [], stated: [], counted: ['with round 3'], features: [] };
const newHour = { day: [], occasion: ['near 03:00 UTC'], stated: [], counted: [], features: [] };

describe('what past errors tell of the spread', () => {
  test('nothing without past sales', () =>
    expect(spreadByRecord(record([]))).toEqual({ novelty: 0, surprise: 0, steadiness: 1 }));

  test('a feature never seen costs more than another time, whatever many sales of one kind did', () => {
    const forty = record(Array.from({ length: 40 }, () => 0.05));
    const ofKind = spreadByRecord({ ...forty, unseen: newKind }).novelty;
    expect(Math.sqrt(ofKind)).toBeCloseTo(0.9, 9);
    expect(spreadByRecord({ ...forty, unseen: newHour }).novelty).toBeLessThan(ofKind / 4);
  });

  test('the next word of a count costs less than another word', () => {
    const forty = record(Array.from({ length: 40 }, () => 0.05));
    expect(Math.sqrt(spreadByRecord({ ...forty, unseen: nextOfCount }).novelty)).toBeCloseTo(0.25, 9);
  });

  test('a first error is expected to be larger, since one sale tells little of the next', () =>
    expect(spreadByRecord(record([0, 0.5, 0, 0])).surprise).toBeLessThan(
      0.7 * spreadByRecord(record([0, 0, 0.5, 0])).surprise,
    ));

  test('what new kinds cost before is learned: little where they were as expected, much where they were not', () => {
    const noveltyAfter = (error: number) => {
      const errors = Array.from({ length: 12 }, (_, k) => (k % 3 === 2 ? error : 0));
      const news = errors.map((_, k) => (k % 3 === 2 ? newKind : known));
      return spreadByRecord({ ...record(errors), news, unseen: newKind }).novelty;
    };
    expect(noveltyAfter(0.05)).toBeLessThan(0.5 * 0.9 ** 2);
    expect(noveltyAfter(1.8)).toBeGreaterThan(1.8 * 0.9 ** 2);
  });

  test('a first surprise widens the next band at once, and it narrows slowly', () => {
    const calm = Array.from({ length: 10 }, () => 0.1);
    const surpriseAfter = (...errors: number[]) => spreadByRecord(record([...calm, ...errors])).surprise;
    expect(surpriseAfter()).toBe(0);
    expect(surpriseAfter(0.8)).toBeGreaterThan(0.2 * 0.8 ** 2);
    expect(surpriseAfter(0.8, 0.1)).toBeGreaterThan(0.7 * surpriseAfter(0.8));
    expect(surpriseAfter(0.8, ...calm, ...calm)).toBeLessThan(0.2 * surpriseAfter(0.8));
  });

  test('a surprise of a new kind is put down to its newness first', () => {
    const errors = [0, 0, 0, 0, 0.6];
    const news = [known, known, known, known, newKind];
    expect(spreadByRecord({ ...record(errors), news }).surprise).toBeLessThan(
      spreadByRecord(record(errors)).surprise / 2,
    );
  });

  test('sales that agree narrow the prior, the more of them the more; sales that scatter widen it', () => {
    const steady = (count: number, error: number) =>
      spreadByRecord(record(Array.from({ length: count }, (_, k) => (k % 2 === 0 ? error : -error)))).steadiness;
    expect(steady(3, 0.05)).toBeLessThan(0.75);
    expect(steady(10, 0.05)).toBeLessThan(steady(3, 0.05) / 1.5);
    expect(steady(10, 0.9)).toBeGreaterThan(1.3);
  });
});

function record(errors: readonly number[]): SpreadRecord {
  return {
    meanErrors: errors,
    weights: Float64Array.from(errors, () => 1),
    stepErrors: Float64Array.from(errors),
    alike: Float64Array.from(errors, () => 1),
    news: errors.map(() => known),
    unseen: known,
  };
}
