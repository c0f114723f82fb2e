import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { describeCalls, describeSaleRatio } from '../../../src/learn/calls/describe-calls.ts';
import { saleRatio } from '../../../src/learn/calls/sale-ratio.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const gateway = (ordinary: number, hours: number) =>
  parseScalingTarget({
    ...scalingTarget({ calls: [{ target: 'orders', perThousandRequests: 25 }] }),
    status: {
      callRatios: [
        {
          target: 'orders',
          ordinary: { perThousandRequests: String(ordinary), hours },
          night: { perThousandRequests: '12', hours: 20 },
          until: '2026-11-27T14:00:00Z',
        },
      ],
    },
  });

test('calls are told where they differ by more than a fifth, by day and by night', () => {
  expect(describeCalls(gateway(40, 40))).toEqual([
    'orders: 38 on ordinary days, from 40 hours and 14 at night, from 20 hours of 1,000 requests; perThousandRequests states 25.',
  ]);
  expect(describeCalls(gateway(40, 1))).toEqual([
    'orders: 14 at night, from 20 hours of 1,000 requests; perThousandRequests states 25.',
  ]);
});

test('the ratio of a sale is told with what it rests on', () => {
  const call = { caller: 'gateway', to: 'orders' };
  expect(describeSaleRatio(call, { perThousandRequests: 31.5, declared: 25, pastSales: 1 })).toBe(
    'orders gets 31.5 of 1,000 requests of gateway in a sale, by 1 past sale; its calls state 25',
  );
  const page = readFileSync('docs/merchandiser.md', 'utf8');
  const shown = { perThousandRequests: 31.5, declared: 25, pastSales: 1 };
  expect(page).toContain(describeSaleRatio({ caller: 'gateway', to: 'checkout' }, shown));
  expect(describeSaleRatio(call, { perThousandRequests: 38, declared: 25, pastSales: 2, ordinaryHours: 48 })).toContain(
    'by 2 past sales and 48 ordinary hours;',
  );
});

test("the SRE's page shows what is said of measured calls", () => {
  const [, after = ''] = readFileSync('docs/sre.md', 'utf8').split('## Call ratios are measured at both ends\n');
  const [section = ''] = after.split('\n## ');
  const shown = parseScalingTarget(parse(/```yaml\n([^`]*)```/.exec(section)?.[1] ?? ''));
  const ratio = saleRatio({ declared: 25, past: [], outside: shown.status?.callRatios?.[0], isNight: false });
  expect(section).toContain(`\`${describeCalls(shown)[0]}\``);
  expect(section).toContain(`\`${describeSaleRatio({ caller: 'gateway', to: 'checkout' }, ratio)}\``);
});
