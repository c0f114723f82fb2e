import { levelName } from '../../api/amounts/level-name.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import { describeSaleRatio } from '../../learn/calls/describe-calls.ts';
import { unknownCapacity } from '../../learn/capacity/describe-capacity.ts';
import { costSteps } from '../cost/explain-cost.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import { type Curve, highestStep, rowOf, stepAt, timeOf } from '../demand/curve.ts';
import { askByMinimum, askByRecord, askBySale } from './explain-floor.ts';
import type { Recorded } from './guess/recall-replicas.ts';
import {
  type Asker,
  explainSteps,
  type ReplicaNeed,
  type ReplicaStep,
  type TargetReplicas,
} from './replicas/replica-rule.ts';
import { levelOf, type SaleNeed } from './sale-need.ts';
import { needWhenSoldOut } from './sold-out-need.ts';

/**
 * The needs of the rest of a sale from `at` (epoch ms) on; before the sale, of the whole sale. Sized by the forecast,
 * by what replaces it, or by both; once it is sold out, by the demand that is left. Where demand has no number of replicas,
 * what replaces it stays until the end.
 */
export function saleNeeds(need: SaleNeed, at: number): readonly ReplicaNeed[] {
  const { fullAt } = need;
  const needs = needsFrom(need, at);
  return fullAt === undefined ? needs : needs.map(one => ({ ...one, ramp: { now: at, fullAt } }));
}

function needsFrom(need: SaleNeed, at: number): readonly ReplicaNeed[] {
  const { total, rest, recorded, occurrence, soldOut, isUnsized = false } = need;
  const byRecord = recordedNeeds(need, at);
  if (isUnsized) return byRecord;
  if (soldOut !== undefined && at >= soldOut.since)
    return [needWhenSoldOut(need, soldOut), ...(recorded?.isBegun ? byRecord : [])];
  const others = [...minimumNeeds(need, at), ...byRecord];
  if (isMissing(total)) return others;
  const from = stepAt(total, at);
  const to = aheadStep(need, total, at);
  const forecast = { curve: total, from, to, level: levelOf(need), demand: rest[from] ?? 0, whose: occurrence.sale };
  return [
    {
      reason: at < occurrence.start ? 'SaleAhead' : 'SaleRunning',
      demand: forecast.demand,
      replicas: 0,
      steps: [...extraSteps(need), ...costSteps(need.cost), forecastStep(forecast)],
      asker: () => askBySale(need, total, { from, to, now: at }),
    },
    ...others,
  ];
}

/** The need for what replaces a forecast, from `at` (epoch ms) on; empty where nothing does. */
function recordedNeeds(need: SaleNeed, at: number): readonly ReplicaNeed[] {
  const { recorded } = need;
  if (recorded === undefined) return [];
  const rule = recorded.isGuess ? 'guess' : 'record';
  const message = describeRecord(need, recorded);
  const asker = () => askByRecord(need, recorded, at);
  return [recordedNeed({ rule, replicas: recorded.replicas, message, asker })];
}

/** The need of the least demand that a sale states, from `at` (epoch ms) to its end; empty when it states none. */
function minimumNeeds({ minimum, occurrence }: SaleNeed, at: number): readonly ReplicaNeed[] {
  if (minimum === undefined) return [];
  const { percent, curve, rest } = minimum;
  const demand = rest[stepAt(curve, at)] ?? 0;
  const message = () =>
    `minPeakPercent ${percent} of ${occurrence.sale} asks capacity for at least ${formatQuantity(demand)} requests/s`;
  return [
    {
      reason: at < occurrence.start ? 'SaleAhead' : 'SaleRunning',
      demand,
      replicas: 0,
      steps: [{ rule: 'minimum', value: demand, unit: 'requests/s', message }],
      asker: () => askByMinimum(occurrence, demand, at),
    },
  ];
}

/** The step up to which a floor at `at` covers demand. */
function aheadStep({ aheadMs }: SaleNeed, total: Curve, at: number): number {
  return aheadMs === undefined
    ? total.steps
    : Math.min(total.steps, stepAt(total, Math.max(at, total.start) + aheadMs) + 1);
}

/** The needs of the whole sale, before it is held daily. */
export function wholeNeeds(need: SaleNeed): readonly ReplicaNeed[] {
  return saleNeeds(need, Number.NEGATIVE_INFINITY);
}

/** The need of the highest demand of a curve at a quantile level from step `from` to `to` (exclusive). */
export function peakNeed(input: {
  readonly curve: Curve;
  /** What the target's shortages cost; absent where the policy states no cost. */
  readonly cost: TargetCost | undefined;
  readonly from: number;
  readonly to: number;
  readonly reason: ReplicaNeed['reason'];
  /** The owner of the demand, in words. */
  readonly whose: string;
  readonly asker: () => Asker;
}): ReplicaNeed {
  const { curve, cost, from, to, reason, asker } = input;
  const level = levelOf({ cost });
  const row = rowOf(curve, level);
  const demand = row[highestStep(row, from, to)] ?? 0;
  return { reason, demand, replicas: 0, steps: [...costSteps(cost), forecastStep({ ...input, level, demand })], asker };
}

/** The need for a number of replicas without a forecast, and why, in words. */
export function recordedNeed(input: {
  /** @default 'record' */
  readonly rule?: 'record' | 'guess';
  readonly replicas: number;
  readonly message: string;
  readonly asker: () => Asker;
}): ReplicaNeed {
  const { rule = 'record', replicas, message, asker } = input;
  return {
    reason: 'NoDemand',
    replicas,
    asker,
    steps: [{ rule, value: replicas, unit: 'replicas', message: () => message }],
  };
}

/** Explains the need of a sale over its whole length, after `whole` has passed the chain of rules. */
export function explainWhole(need: SaleNeed, { needs, steps }: TargetReplicas): readonly ReasonStep[] {
  const extra = isMissing(need.total) ? extraSteps(need) : [];
  return explainSteps([...extra, ...needs.flatMap(({ steps: own }) => own), ...steps]);
}

/** Explains where a target's own model of the sale and its callers' calls differ: which counts, and by how much. */
function extraSteps(need: SaleNeed): readonly ReplicaStep[] {
  const { extra, occurrence } = need;
  const ratios = callSteps(need);
  if (extra?.peaks === undefined) return ratios;
  const { own, callers } = extra.peaks;
  const message = () => {
    const [ownText, callersText] = [own, callers].map(formatQuantity);
    return `${occurrence.sale} adds ${ownText} requests/s by its own past sales and ${callersText} by its callers: the larger counts`;
  };
  return [...ratios, { rule: 'fanOut', value: Math.abs(own - callers), unit: 'requests/s', message }];
}

/** Explains the ratios by which callers pass the sale on, where they are not the declared ones. */
function callSteps({ calls = [] }: SaleNeed): readonly ReplicaStep[] {
  return calls.map(call => ({
    rule: 'callRatio',
    value: call.ratio.perThousandRequests,
    unit: 'calls per 1,000',
    message: () => describeSaleRatio(call, call.ratio),
  }));
}

function forecastStep(input: {
  readonly curve: Curve;
  readonly level: number;
  readonly from: number;
  /** @default the end of the curve */
  readonly to?: number;
  readonly demand: number;
  readonly whose: string;
}): ReplicaStep {
  const { curve, level, from, to = curve.steps, demand, whose } = input;
  const message = () => {
    const peak = formatInstant(timeOf(curve, highestStep(rowOf(curve, level), from, to)));
    return `${levelName(level)} of the demand of ${whose} at its highest, ${peak}: ${formatQuantity(demand)} requests/s`;
  };
  return { rule: 'forecast', value: demand, unit: 'requests/s', message };
}

function describeRecord({ occurrence, total, isUnsized }: SaleNeed, { replicas, message, isBegun }: Recorded): string {
  const { sale, gone } = occurrence;
  if (isBegun) return `The capacity of a replica was learned during ${sale}: at least ${replicas} replicas, ${message}`;
  const told = gone === undefined ? `${sale} is refused as it stands now` : `The FlashSale ${sale} is gone`;
  const unknown = isMissing(total) ? `No demand (${total.missing})` : unknownCapacity;
  const doubt = isMissing(total) || isUnsized === true ? unknown : told;
  return `${doubt}: ${replicas} replicas, ${message}`;
}
