import { describe, expect, test } from 'vitest';
import { answerAll, numberOf, queriesOf, withDatadog } from '../../support/metric-stores/datadog-store.ts';
import type { Reply } from '../../support/metric-stores/metric-store.ts';

const queries = (count: number) => Array.from({ length: count }, (_, index) => `sum:q${index + 1}{*}`);

describe('what several targets ask Datadog at once', () => {
  test('goes in one question, of different ranges too', async () => {
    await withDatadog(
      question => answerAll(question),
      async (read, asked) => {
        const values = await Promise.all(
          queries(12).map((query, index) => read(query, index * 30_000 - (index % 2) * 30_000)),
        );
        expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        expect(asked).toHaveLength(1);
      },
    );
  });

  test('goes in as many as hold twenty each', async () => {
    await withDatadog(
      question => answerAll(question),
      async (read, asked) => {
        await Promise.all(queries(45).map(query => read(query)));
        // The questions go out at once and arrive in any order.
        const sizes = asked.map(question => queriesOf(question).length);
        expect(sizes.toSorted((one, other) => other - one)).toEqual([20, 20, 5]);
      },
    );
  });

  test.each<[string, Reply, RegExp]>([
    [
      'that is refused',
      question =>
        queriesOf(question).some(query => query.includes('q2{'))
          ? { status: 400, body: { errors: ['Rule unparsable: q2'] } }
          : answerAll(question),
      /Rule unparsable/,
    ],
    [
      'that gives two series',
      question => answerAll(question, query => (numberOf(query) === 2 ? [2, 3] : [numberOf(query)])),
      /gives 2 series/,
    ],
  ])('is not spoilt by a query %s, which is asked for alone from then on', async (_, reply, told) => {
    await withDatadog(reply, async (read, asked) => {
      for (const _ of [1, 2]) {
        const [first, second, third] = await Promise.allSettled(queries(3).map(query => read(query)));
        expect([first, third]).toMatchObject([{ value: 1 }, { value: 3 }]);
        expect(second).toMatchObject({ reason: { reason: 'BadQuery', message: told } });
      }
      expect(
        asked
          .slice(-2)
          .map(question => queriesOf(question).length)
          .sort(),
      ).toEqual([1, 2]);
    });
  });

  test('is cut in two when it is too much for one question', async () => {
    await withDatadog(
      question =>
        queriesOf(question).length > 3
          ? { status: 422, body: { errors: ['The query exceeded the maximum number of series per request'] } }
          : answerAll(question),
      async (read, asked) => {
        expect(await Promise.all(queries(8).map(query => read(query)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        const before = asked.length;
        await Promise.all(queries(8).map(query => read(query)));
        expect(asked.slice(before).map(question => queriesOf(question).length)).toEqual([2, 2, 2, 2]);
      },
    );
  });

  test('is refused to all when Datadog is too busy, by one question', async () => {
    await withDatadog(
      () => ({ status: 429, headers: { 'x-ratelimit-reset': '300' }, body: { errors: ['Rate limit exceeded'] } }),
      async (read, asked) => {
        const refused = await Promise.allSettled(queries(5).map(query => read(query)));
        expect(refused.map(one => 'reason' in one && one.reason.retryAfterSeconds)).toEqual([300, 300, 300, 300, 300]);
        expect(asked).toHaveLength(1);
      },
    );
  });
});
