import { describe, expect, test } from 'vitest';
import { isObject, parseManifestObjects } from '../../src/manifests/manifest-object.ts';
import { parseOurObject } from '../../src/manifests/parse-our-object.ts';

const times = '  startTime: 2026-11-27T20:00:00Z\n  endTime: 2026-11-27T22:00:00Z\n';
const sale = (spec: string, head = 'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: {name: drop}\n') =>
  `${head}spec:\n${times}${spec}`;

describe('parseOurObject', () => {
  test.each([
    [
      'expectedPeakPercent: 8',
      '7:24 spec.expectedPeakPercent: must be at least 100, got 8; 8 times an ordinary minute is 800',
    ],
    [
      'expectedPeakPercent: 4.8',
      '7:24 spec.expectedPeakPercent: must be a whole number, got 4.8; 4.8 times an ordinary minute is 480',
    ],
    ['expectedPeakPercent: 8x', '7:24 spec.expectedPeakPercent: must be a number, got "8x"; write 800'],
    ['expectedPeakPercent: 800 %', '7:24 spec.expectedPeakPercent: must be a number, got "800 %"; write 800'],
    [
      'expectedPeakPercent: "800"',
      '7:24 spec.expectedPeakPercent: must be a number, got "800"; write 800 without quotes',
    ],
    ['expectedPeakPercent: x6', '7:24 spec.expectedPeakPercent: must be a number, got "x6"; write 600'],
    ['expectedPeakPercent: 6,5-fold', '7:24 spec.expectedPeakPercent: must be a number, got "6,5-fold"; write 650'],
    ['expectedPeakPercent: "+500 %"', '7:24 spec.expectedPeakPercent: must be a number, got "+500 %"; write 600'],
    ['duration: 2h', '7:3 spec.duration: is not a field; write endTime'],
    ['expected_peak: 600', '7:3 spec.expected_peak: is not a field; write expectedPeakPercent'],
    ['cancelled: 1', '7:14 spec.cancelled: must be true or false, got 1; write true without quotes'],
    [
      'recurrence: {rule: "RRULE:FREQ=WEEKLY"}',
      '7:22 spec.recurrence.rule: must begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and go on as ;BYDAY=FR;COUNT=6, got "RRULE:FREQ=WEEKLY"; write FREQ=WEEKLY',
    ],
    ['expectedPeakPercent: 1.000', '7:24 spec.expectedPeakPercent: 1.000 is 1 in YAML; write 1000'],
    ['stock: 90.000', '7:10 spec.stock: 90.000 is 90 in YAML; write 90000'],
    ['stock: 90,000', '7:10 spec.stock: must be a number, got "90,000"; write 90000'],
    ['stock: 1.000.000', '7:10 spec.stock: must be a number, got "1.000.000"; write 1000000'],
    ['stock: 0100', '7:10 spec.stock: 0100 is 64 in YAML; write 100'],
    ['audience: 90k', '7:13 spec.audience: must be a number, got "90k"; write 90000'],
    ['audience: -1', '7:13 spec.audience: must be at least 0, got -1'],
    ['discountPercent: 0.3', '7:20 spec.discountPercent: must be a whole number, got 0.3; 0.3 of the whole is 30'],
    ['discountPercent: 30%', '7:20 spec.discountPercent: must be a number, got "30%"; write 30'],
    [
      'categories: [shoes, no]',
      '7:23 spec.categories[1]: must be text, got false; write it in quotes (YAML reads no as false)',
    ],
    ['categories: shoes', '7:15 spec.categories: must be a list, got "shoes"; write [shoes]'],
    ['saleType: 2026', '7:13 spec.saleType: must be text, got 2026; write it in quotes'],
    ['cancelled: "yes"', '7:14 spec.cancelled: must be true or false, got "yes"; write true without quotes'],
    ['mode: apply', '7:9 spec.mode: must be one of ForecastOnly, Apply, got "apply"; did you mean Apply?'],
    [
      'entryPoints: [Gateway]',
      '7:17 spec.entryPoints[0]: must be the name of an object: lower-case letters, digits, "-" and ".", got "Gateway"; write gateway',
    ],
    [
      'timeZone: Berlin',
      '7:13 spec.timeZone: must be a zone of the IANA database, as Europe/Berlin, got "Berlin"; did you mean Europe/Berlin?',
    ],
    ['expectedPeekPercent: 800', '7:3 spec.expectedPeekPercent: is not a field; did you mean expectedPeakPercent?'],
    [
      'recurrence: {rul: a}',
      '7:3 spec.recurrence.rule: is missing|7:16 spec.recurrence.rul: is not a field; did you mean rule?',
    ],
  ])('says of "%s" what to write instead', (line, told) => {
    expect(faultsOf(sale(`  ${line}\n`))).toBe(told);
  });

  test.each(['cancelled: yes', 'stock: 1_000', 'audience: 1e4', 'categories: ["no", "on"]', 'saleType: drop'])(
    'takes "%s"',
    line => expect(faultsOf(sale(`  ${line}\n`))).toBe(''),
  );

  test('tells all at once, the times too, in one object', () => {
    const text = sale('  stock: many\n  colour: red\n').replace('T22', 'T19');
    expect(faultsOf(text).split('|')).toEqual([
      '7:10 spec.stock: must be a number, got "many"',
      '8:3 spec.colour: is not a field',
      '6:12 spec.endTime: must be after startTime 2026-11-27T20:00:00Z, got 2026-11-27T19:00:00Z',
    ]);
  });

  test.each([
    ['27.11.2026 20:00', '2026-11-27T20:00:00+01:00'],
    ['2026-11-27 20:00', '2026-11-27T20:00:00+01:00'],
    ['2026-07-01T20:00', '2026-07-01T20:00:00+02:00'],
    ['2026-11-27T20:00:00+0100', '2026-11-27T20:00:00+01:00'],
    ['11/27/2026 8:00 PM', '2026-11-27T20:00:00+01:00'],
    ['27/11/2026 12:30 am', '2026-11-27T00:30:00+01:00'],
    ['2026-11-27T24:00:00+01:00', '2026-11-28T00:00:00+01:00'],
    ['“2026-11-27T20:00:00+01:00”', '2026-11-27T20:00:00+01:00'],
  ])('says how the instant %s is written in the zone of the sale', (written, instant) => {
    const text = sale('  timeZone: Europe/Berlin\n').replace('2026-11-27T20:00:00Z', written);
    expect(faultsOf(text)).toContain(`, got "${written}"; write ${instant}`);
  });

  test('guesses no instant where day and month may be either, and reads seconds since 1970', () => {
    expect(faultsOf(sale('').replace('2026-11-27T20:00:00Z', '11/12/2026 20:00'))).not.toContain('write');
    expect(faultsOf(sale('').replace('2026-11-27T20:00:00Z', '1795806000'))).toContain(
      'must be text, got 1795806000; write 2026-11-27T19:00:00Z',
    );
  });

  test.each([
    ['', ' if that is in UTC'],
    ['  timeZone: Europe/Berln\n', ''],
  ])('does not guess the zone of an instant without one: %j', (zone, doubt) => {
    const written = sale(zone).replace('2026-11-27T20:00:00Z', '2026-11-27 20:00');
    const instant = zone === '' ? '2026-11-27T20:00:00Z' : '2026-11-27T20:00:00+01:00';
    expect(faultsOf(written).split('|')[0]).toMatch(new RegExp(`write ${instant.replace('+', '.')}${doubt}$`));
  });

  test.each([
    ['headstart.dev/v1alpha1', 'Flashsale', '2:7 Flashsale is not a kind of headstart.dev; did you mean FlashSale?'],
    ['headstart.dev/v1alpha1', 'FlashSales', '2:7 FlashSales is not a kind of headstart.dev; did you mean FlashSale?'],
    ['headstart.dev/v1alpha1', 'flash-sale', '2:7 flash-sale is not a kind of headstart.dev; did you mean FlashSale?'],
    [
      'headstart.dev/v1alpha1',
      'Basket',
      '2:7 Basket is not a kind of headstart.dev; FlashSale, ScalingTarget, ScalingPolicy and SalePlan are',
    ],
    [
      'headstart.dev/v1',
      'FlashSale',
      '1:13 headstart.dev/v1 is not an apiVersion of FlashSale; write headstart.dev/v1alpha1',
    ],
    [
      'headstar.dev/v1alpha1',
      'FlashSale',
      '1:13 headstar.dev/v1alpha1 is not an apiVersion of FlashSale; write headstart.dev/v1alpha1',
    ],
    ['v1', 'FlashSale', '1:13 v1 is not an apiVersion of FlashSale; write headstart.dev/v1alpha1'],
  ])('takes %s %s for a slip', (apiVersion, kind, told) => {
    expect(faultsOf(sale('', `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`))).toBe(told);
  });

  test.each([
    ['Scalingtarget', 'ScalingTarget'],
    ['ScaleTarget', 'ScalingTarget'],
    ['ScalingPolcy', 'ScalingPolicy'],
  ])('takes the kind %s for %s', (kind, meant) => {
    const text = `apiVersion: headstart.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: default}\nspec: {}\n`;
    expect(faultsOf(text)).toContain(`2:7 ${kind} is not a kind of headstart.dev; did you mean ${meant}?`);
  });

  test.each(['autoscaling.shop.example/v1 ScalingPolicy', 'apps/v1 Deployment', 'shop.example/v1 Flash'])(
    'leaves %s to others',
    type => {
      const [apiVersion, kind] = type.split(' ');
      const [object] = objectsOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`);
      expect(object && parseOurObject(object)).toBeUndefined();
    },
  );

  test.each([
    [
      'metadata: {name: Cosy Evening!}',
      '3:18 metadata.name: must be lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit, as cosy-evening; got "Cosy Evening!"',
    ],
    ['metadata: {name: a, namspace: shop}', '3:21 metadata.namspace: is not a field; did you mean namespace?'],
    ['metadata: {generateName: drop-}', ''],
    ['metadata: {name: a}\nsepc: {}', '4:1 sepc: is not a field; did you mean spec?'],
  ])('judges %j', (head, told) => {
    const text = sale('', `apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\n${head}\n`);
    expect(faultsOf(text)).toBe(told);
  });
});

function objectsOf(text: string) {
  return parseManifestObjects('a.yaml', text).filter(isObject);
}

function faultsOf(text: string): string {
  return objectsOf(text)
    .flatMap(object =>
      (parseOurObject(object)?.faults ?? []).map(({ field, path, message, isKey }) => {
        const { line, column } = object.placeOf(path, isKey === true ? 'key' : undefined);
        return `${line}:${column} ${field === '' ? '' : `${field}: `}${message}`;
      }),
    )
    .join('|');
}
