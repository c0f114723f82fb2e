import type { Observation } from '../../../src/observe/observation.ts';
import type { DemandForecasts } from '../../../src/plan/demand/demand-forecasts.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import type { GivenTarget } from '../../support/shop/planned-namespace.ts';
import { forecastWorld, observeWorld } from '../observe-world.ts';
import type { Look } from './look.ts';

/** Invariants 6, 15 and 16: another order, another process and another zone of the host give the same plan, byte for byte. */
export function plansTheSame({ observation, plan }: Look, forecasts: DemandForecasts): readonly string[] {
  const stated = bytesOf(plan);
  const { TZ } = process.env;
  process.env.TZ = TZ === 'Pacific/Chatham' ? 'America/St_Johns' : 'Pacific/Chatham';
  const [read, readForecasts] = JSON.parse(JSON.stringify([turned(observation), forecasts])) as [
    Observation,
    DemandForecasts,
  ];
  const again = bytesOf(planObservation(read, readForecasts));
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
  return again === stated ? [] : [`6, 15, 16: another plan in another order and process: ${difference(stated, again)}`];
}

/** A plan as text; what is told of refused objects follows the order in which they were read. */
function bytesOf({ others, ...plan }: Plan): string {
  return JSON.stringify({
    ...plan,
    others: others.toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1)),
  });
}

function turned(observation: Observation): Observation {
  const { sales, salePlans, targets } = observation;
  return {
    ...observation,
    sales: sales.toReversed(),
    salePlans: salePlans.toReversed(),
    targets: targets.toReversed(),
  };
}

/** Always the same objects, so that they are parsed once (test/support/shop/kept-parses.ts). */
const [from, to] = ['2026-11-27T19:00:00Z', '2026-11-27T20:00:00Z'];
const brokenSales = [
  { name: 'z-backwards', startTime: to, endTime: from },
  { name: 'z-nowhere', startTime: from, endTime: to, entryPoints: ['moon'] },
  { name: 'z-endless', startTime: from, endTime: to, recurrence: { rule: 'FREQ=SECONDLY' } },
];
const ordinarySpec = {};
const brokenTargets: Readonly<Record<string, GivenTarget>> = {
  'z-zero': { spec: { capacityPerReplica: '0' } },
  'z-two': { spec: {}, otherHpa: {} },
  'z-ring': { spec: { calls: [{ target: 'z-rong', perThousandRequests: 1000 }] } },
  'z-rong': { spec: { calls: [{ target: 'z-ring', perThousandRequests: 1000 }] } },
  'z-gone': { spec: {}, hpa: 'none', workload: { missing: 'Deployment z-gone is not there' } },
};

/** Invariant 13: what is broken beside them changes nothing of the targets and sales that are not. */
export function staysAlone(look: Look, loadRatio: number): readonly string[] {
  const { before, now, plan } = look;
  const { given } = before;
  const hasTotal = given.policy?.maxTotalReplicas !== undefined;
  const isEntered = Object.values(given.targets).some(one => one?.spec?.entryPoint === true);
  if (hasTotal || !isEntered) return [];
  const beside = {
    ...before,
    given: {
      ...given,
      sales: [...(given.sales ?? []), ...brokenSales],
      targets: {
        ...given.targets,
        ...brokenTargets,
        'z-nan': {
          spec: ordinarySpec,
          demand: {
            recent: { start: now - 600_000, stepSeconds: 60, values: [Number.NaN, Number.POSITIVE_INFINITY, -5] },
          },
        },
      },
    },
  };
  const observation = observeWorld(beside, now, loadRatio);
  const among = planObservation(observation, forecastWorld(beside, observation));
  const own = new Set(Object.keys(given.targets));
  const [alone, beset] = [plan, among].map(one =>
    JSON.stringify([
      one.targets.filter(({ target }) => own.has(target)),
      one.sales.filter(({ sale }) => !sale.startsWith('z-')),
    ]),
  );
  return alone === beset ? [] : [`13: another plan beside what is broken: ${difference(alone ?? '', beset ?? '')}`];
}

function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 80);
  return `${one.slice(from, at + 120)} ≠ ${other.slice(from, at + 120)}`;
}
