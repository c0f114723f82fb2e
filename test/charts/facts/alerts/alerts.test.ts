import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { promtoolMissing, type Timeline, testAlerts } from '../../../support/pages/alert-timeline.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';
import {
  capacity,
  end,
  goneAt,
  goodSale,
  occurrence,
  seconds,
  start,
  target,
  tooFew,
  until,
  verdict,
  writes,
} from '../../../support/pages/sale-timeline.ts';

const { spec: rules } = parse(synthesizeOwnFacts().get('monitoring/prometheusrule.headstart.yaml') ?? '');

describe.skipIf(promtoolMissing !== undefined)(
  `alerts on the time line of a sale${promtoolMissing === undefined ? '' : ` (not run: ${promtoolMissing})`}`,
  () => {
    const fires = (timeline: Timeline, expected: Readonly<Record<string, number>>) =>
      expect(testAlerts({ rules, timeline, seconds, fires: expected })).toBe('');

    test.each<[string, Timeline]>([
      ['is ready in time', goodSale()],
      ['takes two thirds of a lead time of a quarter of an hour', goodSale({ lead: 900, ready: 301 })],
      [
        'is corrected upwards while it runs, and its pods take their time',
        {
          ...goodSale(),
          [`headstart_floor_replicas${target}`]: [
            [0, 0],
            [start - 107, 55],
            [start + 900, 70],
            [end, 0],
          ],
          [`headstart_ready_replicas${target}`]: [
            [0, 4],
            [start - 50, 55],
            [start + 1000, 70],
          ],
          [verdict('NoGo')]: [
            [0, 'gone'],
            [start + 900, 1],
            [start + 1000, 'gone'],
          ],
        },
      ],
      [
        'loses one pod for a minute',
        {
          ...goodSale(),
          [`headstart_ready_replicas${target}`]: [
            [0, 4],
            [start - 50, 55],
            [start + 900, 54],
            [start + 960, 55],
          ],
        },
      ],
      [
        'changes its leader while it runs',
        {
          ...goneAt(goodSale(), start + 600),
          ...Object.fromEntries(
            Object.entries(goodSale()).map(([series, segments]) => [
              series.replace('instance="a"', 'instance="c"'),
              [
                [0, 'gone'],
                [start + 630, segments.findLast(([from]) => from <= start + 630)?.[1] ?? 0],
                ...segments.filter(([from]) => from > start + 630),
              ],
            ]),
          ),
          'headstart_next_reconcile_timestamp_seconds{namespace="shop",instance="c"}': [
            [0, 'gone'],
            [start + 630, start + 645, 1],
          ],
        },
      ],
    ])('that %s: none fires', (_, timeline) => fires(timeline, {}));

    test('whose floor is not ready: a page a minute before the start', () =>
      fires(tooFew, {
        HeadstartFloorNotReady: start - 45,
        HeadstartSaleNotReady: start - 45,
        HeadstartSaleNoGo: start + 120,
      }));

    test('whose pods are ready and not warm: a page a minute before the start', () =>
      fires(
        { ...goodSale(), [capacity('AtRisk')]: tooFew[capacity('AtRisk')] ?? [] },
        { HeadstartSaleNotReady: start - 45 },
      ));

    test('that is NoGo two days before: a ticket then, a page a day before the start', () => {
      const day = 86_400;
      const timeline = {
        ...goodSale(),
        ...Object.fromEntries(
          Object.entries({ prescale: day + 3600 - 107, start: day + 3600, end: day + 7200 }).map(([name, value]) => [
            `headstart_sale_${name}_timestamp_seconds{${occurrence}}`,
            [[0, value]] as const,
          ]),
        ),
        [`headstart_floor_replicas${target}`]: [[0, 0]],
        [`headstart_raised_until_timestamp_seconds${target}`]: [[0, 'gone']],
        [verdict('NotDue')]: [[0, 'gone']],
        [verdict('AtRisk')]: [[0, 'gone']],
        [capacity('AtRisk')]: [[0, 'gone']],
        [verdict('NoGo')]: [[0, 1]],
        [verdict('Go')]: [[0, 'gone']],
      } satisfies Timeline;
      fires(timeline, { HeadstartSaleAtRisk: 900, HeadstartSaleNoGo: 3600 + 15 + 120 });
    });

    test('whose floor is not ready after a long lead time: a page five minutes before the start', () => {
      const timeline = {
        ...goodSale({ lead: 900, ready: 30 }),
        [`headstart_ready_replicas${target}`]: [[0, 4]],
      } as const;
      fires(timeline, { HeadstartFloorNotReady: start - 300, HeadstartSaleNotReady: start - 285 });
    });

    test('that loses its pods while it runs: a page three minutes later', () => {
      const ready = [...goodSale()[`headstart_ready_replicas${target}`].slice(0, 2), [start + 900, 20]] as const;
      fires({ ...goodSale(), [`headstart_ready_replicas${target}`]: ready }, { HeadstartFloorNotReady: start + 1080 });
    });

    test('that is NoGo from its announcement on: a page hours before', () =>
      fires(
        { ...goodSale(), [verdict('NotDue')]: [[0, 'gone']], [verdict('NoGo')]: until(1, start - 107) },
        { HeadstartSaleNoGo: 120, HeadstartSaleAtRisk: 900 },
      ));

    test('that is at risk from its announcement on: a ticket then, a page four hours before', () => {
      const hours = 3600;
      const timeline = {
        ...goodSale(),
        ...Object.fromEntries(
          Object.entries({ prescale: 5 * hours - 107, start: 5 * hours, end: 6 * hours }).map(([name, value]) => [
            `headstart_sale_${name}_timestamp_seconds{${occurrence}}`,
            [[0, value]] as const,
          ]),
        ),
        [`headstart_floor_replicas${target}`]: [[0, 0]],
        [`headstart_raised_until_timestamp_seconds${target}`]: [[0, 'gone']],
        [verdict('NotDue')]: [[0, 'gone']],
        [verdict('AtRisk')]: [[0, 1]],
        [capacity('AtRisk')]: [[0, 'gone']],
        [verdict('Go')]: [[0, 'gone']],
      } satisfies Timeline;
      fires(timeline, { HeadstartSaleAtRisk: 900, HeadstartSaleStillAtRisk: hours + 15 + 120 });
    });

    test('that needs more than a limit allows: a ticket', () =>
      fires(
        {
          ...goodSale(),
          [`headstart_at_ceiling${target}`]: [
            [0, 0],
            [start - 107, 1],
            [end, 0],
          ],
        },
        { HeadstartAtCeiling: start + 15 },
      ));

    test.each([
      ['before prescaleTime', start - 600],
      ['after prescaleTime', start + 600],
    ])('whose operator dies %s: a page two minutes later', (_, at) =>
      fires(goneAt(goodSale(), at), { HeadstartNoLeader: at + 120 }),
    );

    test('for which no replica gets the lease: a page', () =>
      fires(
        {
          ...goodSale(),
          'headstart_leader{instance="a"}': [
            [0, 1],
            [start - 600, 0],
          ],
        },
        { HeadstartNoLeader: start - 480 },
      ));

    test('whose operator hangs: a page', () =>
      fires(
        {
          ...goodSale(),
          'headstart_next_reconcile_timestamp_seconds{namespace="shop",instance="a"}': [
            [0, 15, 1],
            [start - 1200, start - 1200],
          ],
        },
        { HeadstartNotReconciled: start - 1200 + 180 + 15 + 60 },
      ));

    test('whose reconciles fail: a page', () =>
      fires(
        {
          ...goodSale(),
          'headstart_reconciles_total{namespace="shop",result="Failed",instance="a"}': [
            [0, 0],
            [start - 1200, 0, 1 / 15],
          ],
        },
        { HeadstartReconcileFailing: start - 1200 + 90 + 60 },
      ));

    test('whose watch is silent: a page', () =>
      fires(
        {
          ...goodSale(),
          'headstart_cache_age_seconds{resource="ScalingTarget",instance="a"}': [
            [0, 20],
            [start - 1200, 15, 1],
            [start - 900, 20],
          ],
        },
        { HeadstartCacheStale: start - 1200 + 90 + 60 },
      ));

    test('with CRDs that are older than the operator: a ticket', () =>
      fires({ ...goodSale(), headstart_pruned_fields: [[0, 3]] }, { HeadstartCrdsOutdated: 600 }));

    test('whose demand is late: a ticket, and a page for nobody', () =>
      fires(
        {
          ...goodSale(),
          [`headstart_demand_available${target}`]: [
            [0, 1],
            [start + 300, 0],
          ],
        },
        { HeadstartDemandStale: start + 900 },
      ));

    test('whose raise is refused: a page before the start', () =>
      fires(
        {
          ...tooFew,
          [writes('Refused')]: [
            [0, 'gone'],
            [start - 105, 1, 1 / 15],
            [end, 240],
          ],
        },
        {
          HeadstartWritesFailing: start - 90,
          HeadstartFloorNotReady: start - 45,
          HeadstartSaleNotReady: start - 45,
          HeadstartSaleNoGo: start + 120,
        },
      ));

    test('whose bounds are put back by another writer: a page at once', () =>
      fires(
        {
          ...goodSale(),
          [`headstart_contested_reconciles_total${target}`]: [
            [0, 0],
            [start - 30, 1],
          ],
        },
        { HeadstartContested: start - 30 },
      ));

    test('that is not restored after its end: a ticket half an hour later', () =>
      fires(
        {
          ...goodSale(),
          [`headstart_raised_until_timestamp_seconds${target}`]: [
            [0, 'gone'],
            [start - 107, end],
          ],
        },
        { HeadstartRaisedPastEnd: end + 1815 },
      ));
  },
);
