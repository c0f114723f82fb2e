import { describe, expect, test } from 'vitest';
import { judgeNumberStyle, parseStyledNumber, splitAmount } from '../../../../src/cli/files/table/number-style.ts';

const hints = { delimiter: ',', isContinental: false, isAmerican: false };

describe('the decimal sign of numbers', () => {
  test.each([
    [['1.234,5'], {}, 'comma'],
    [['1,234.5'], {}, 'point'],
    [['0,5', '1'], {}, 'comma'],
    [['12.5', '1,234'], {}, 'point'],
    [['1.234.567'], {}, 'comma'],
    [['1234.567'], {}, 'point'],
    [['1.234', '1.300'], {}, 'point'],
    [['1.234', '2000'], {}, 'point'],
    [['1,234', '950'], { isAmerican: true }, 'point'],
    [['1.234', '950'], { isContinental: true }, 'comma'],
    [['12,345'], { isContinental: true }, 'comma'],
    [['5', '6'], {}, 'point'],
  ])('of %j with %j is a %s', (numbers, known, decimal) => {
    expect(judgeNumberStyle(numbers, { ...hints, ...known })).toMatchObject({ decimal });
  });

  test.each([
    [['1.234', '950'], {}],
    [['1,234'], {}],
    [['1.234'], { delimiter: ';' }],
    [['1.234'], { isContinental: true }],
  ])('of %j with %j is in doubt', (numbers, known) => {
    expect(judgeNumberStyle(numbers, { ...hints, ...known })).toEqual({ doubtful: numbers[0] });
  });
});

test.each([
  ['1.2 K req/s', '1.2', 'K req/s'],
  ['1 234,5', '1234,5', ''],
  ["1'234.5 rpm", '1234.5', 'rpm'],
  ['1.5e3', '1.5e3', ''],
  ['-3 %', '-3', '%'],
])('splitAmount cuts %j into %j and %j', (cell, digits, words) => {
  expect(splitAmount(cell)).toEqual({ digits, words });
});

test.each(['x', '', '2026-06-01', '20:00', '1,5 2'])('splitAmount finds no number in %j', cell => {
  expect(splitAmount(cell)?.words ?? '').toBe('');
  expect(parseStyledNumber(splitAmount(cell)?.digits ?? '', 'point')).toBeNaN();
});

test.each([
  ['1.234,5', 'comma', 1234.5],
  ['1,234.5', 'point', 1234.5],
  ['1,23,456', 'point', 123456],
  ['1,2,3', 'point', Number.NaN],
  ['.5', 'point', 0.5],
  ['', 'point', Number.NaN],
] as const)('parseStyledNumber reads %j with a decimal %s as %d', (text, decimal, value) => {
  expect(parseStyledNumber(text, decimal)).toBe(value);
});
