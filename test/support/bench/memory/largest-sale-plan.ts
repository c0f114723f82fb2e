import { formatInstant } from '../../../../src/api/instant.ts';
import { encodeSalePlanStatus } from '../../../../src/api/sale-plan.ts';
import { revisePlan } from '../../../../src/plan/revise-plan.ts';
import { extendTimeline, type TargetTimeline } from '../../../../src/review/extend-timeline.ts';
import { planOf } from '../../shop/apply-planned.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + 120 * minuteMs;

/** The status of the SalePlan of a sale of two hours over some targets with long names, with as many points as it may have. */
export function largestSalePlan(targets: number): Readonly<Record<string, unknown>> {
  const names = Array.from({ length: targets }, (_, n) => `checkout-and-payment-service-${n}`);
  const given = (now: number) => ({
    now: formatInstant(now),
    sales: [
      {
        name: 'sneaker-drop',
        startTime: formatInstant(start),
        endTime: formatInstant(end),
        expectedPeakPercent: 800,
      },
    ],
    targets: Object.fromEntries(
      names.map(name => [
        name,
        {
          forecast: 1234.5,
          spec: { entryPoint: true },
          hpa: { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 },
          workload: { replicas: 31, readyReplicas: 27 },
        },
      ]),
    ),
  });
  let timeline: readonly TargetTimeline[] = [];
  let plan: ReturnType<typeof revisePlan> | undefined;
  for (let now = start; now < end; now += 4 * minuteMs) {
    const planned = planOf(given(now));
    const [outlook] = planned.plan.sales;
    if (outlook === undefined) throw new Error('the sale is not planned');
    plan = revisePlan(outlook, plan, now);
    timeline = extendTimeline({ present: timeline, observation: planned.observation, plan: planned.plan, outlook });
  }
  return encodeSalePlanStatus({
    ...(plan === undefined ? {} : { plan }),
    timeline: timeline.map(one => ({ ...one, points: [...one.points] })),
  });
}
