import { describe, expect, test } from 'vitest';
import { ParseError } from '../../../src/api/faults/parse-error.ts';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { metadataFaults } from '../../../src/apiserver/write/metadata-faults.ts';

const spec = { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z' };
const sale = (metadata: object) => ({ apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale', metadata, spec });

function faultOf(metadata: object): string | undefined {
  try {
    parseFlashSale(sale(metadata));
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

const rule = 'must be lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit';

describe('the name of an object', () => {
  test.each([
    ['Cosy Evening!', `${rule}, as cosy-evening; got "Cosy Evening!"`],
    ['Drop', `${rule}, as drop; got "Drop"`],
    ['sneaker_drop', `${rule}, as sneaker-drop; got "sneaker_drop"`],
    ['Frühling', `${rule}, as fruhling; got "Frühling"`],
    ['-drop', `${rule}, as drop; got "-drop"`],
    ['drop..2', `${rule}, as drop.2; got "drop..2"`],
    ['drop.-2', `${rule}, as drop.2; got "drop.-2"`],
    ['', `${rule}; got ""`],
    ['!', `${rule}; got "!"`],
    ['a'.repeat(254), 'must have at most 253 characters, has 254'],
  ])('%j is refused with the name that would do', (name, message) => {
    expect(faultOf({ name })).toContain(`metadata.name: ${message}`);
  });

  test.each([
    'a',
    'drop',
    '2026',
    'drop-2.evening',
    'a'.repeat(253),
    'A',
    'a_b',
    'a.',
    'a..b',
    '-',
    'x'.repeat(254),
    '',
  ])('is taken as the API server takes it: %j', name => {
    const definition = { namespaced: true } as Parameters<typeof metadataFaults>[1];
    const isTaken = [...metadataFaults({ name, namespace: 'shop' }, definition)].length === 0;
    expect(faultOf({ name }) === undefined).toBe(isTaken);
  });

  test('is checked for every kind of ours', () => {
    expect(() => parseScalingTarget({ kind: 'ScalingTarget', metadata: { name: 'Gate Way' } })).toThrow(ParseError);
  });

  test.each(['Shop', 'a.b', 'a'.repeat(64)])('its namespace %j is refused', namespace => {
    expect(faultOf({ name: 'drop', namespace })).toContain('metadata.namespace: must be a namespace');
  });
});
