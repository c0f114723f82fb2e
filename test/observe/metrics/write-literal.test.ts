import { expect, test } from 'vitest';
import { writeLiteral } from '../../../src/observe/metrics/write-literal.ts';

test.each([
  ['prometheus', 'sneaker-drop', '"sneaker-drop"'],
  ['prometheus', 'a"} or vector(1) #', '"a\\"} or vector(1) #"'],
  ['prometheus', 'a\\', '"a\\\\"'],
  ['', 'drop', '"drop"'],
  ['datadog', 'sneaker-drop.2', 'sneaker-drop.2'],
])('in the language of %s, %s is %s', (type, text, literal) => {
  expect(writeLiteral(type, text)).toBe(literal);
});

test.each(['a} or {*', 'a,b', '*', '', 'Ä'])('a tag of Datadog cannot be %s', text => {
  expect(() => writeLiteral('datadog', text)).toThrow('a value of a tag has letters');
});
