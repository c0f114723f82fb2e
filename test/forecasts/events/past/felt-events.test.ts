import { expect, test } from 'vitest';
import { feltEvents } from '../../../../forecasts/events/past/felt-events.ts';
import { hourMs, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const sale = (id: string, startHour: number) => {
  const start = monday + startHour * hourMs;
  return { id, start, end: start + hourMs, features: {} };
};
const [early, ended, running, later] = [
  sale('early', 1),
  sale('ended', 5),
  sale('running', 7),
  sale('later', 9),
] as const;
const origin = running.start + 30 * minuteMs;

test('events that run or ended within two hours are felt, once each', () =>
  expect(feltEvents([early, ended, running, later, ended], [], origin)).toEqual([ended, running]));

test('requested ones are forecast anyway', () =>
  expect(feltEvents([ended, running], [{ ...running }], origin)).toEqual([ended]));

test('one that begins at the newest data is not felt yet', () =>
  expect(feltEvents([running], [], running.start)).toEqual([]));

test('two hours after its end nobody is left', () => {
  expect(feltEvents([ended], [], ended.end + 2 * hourMs)).toEqual([]);
  expect(feltEvents([ended], [], ended.end + 2 * hourMs - 1)).toEqual([ended]);
});
