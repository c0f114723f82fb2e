import { formatMoney } from '../../api/amounts/money.ts';
import type { SalePlanReview, TargetReview } from '../../api/learned/sale-review.ts';
import { formatNumber } from '../format-number.ts';

/** A part of a review: a table with the meaning of its columns. */
export interface ReviewTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly meaning: string;
}

/** The review of a sale as tables, for the terminal and for the page: the forecast, the capacity, and the money. */
export function reviewTables(review: SalePlanReview): readonly ReviewTable[] {
  const { targets, currency } = review;
  const tables: readonly ReviewTable[] = [
    {
      title: 'Forecast against actual',
      header: ['TARGET', 'WAPE', 'BIAS', 'PEAK', 'WITHIN P50', 'WITHIN P95'],
      rows: targets.map(one => [
        one.target,
        formatPercent(one.wapePercent),
        formatPercent(one.biasPercent, true),
        formatPercent(one.peakErrorPercent, true),
        formatPercent(one.medianCoveragePercent),
        formatPercent(one.coveragePercent),
      ]),
      meaning: 'WAPE, BIAS and PEAK: P50 against what came. WITHIN: minutes at or below P50 and P95.',
    },
    {
      title: 'Capacity',
      header: ['TARGET', 'READY AFTER', 'LATE', 'SHORT', 'AT CEILING', 'LIMIT', 'OVER', 'UNDER'],
      rows: targets.map(one => [
        one.target,
        one.secondsToReady === undefined ? 'never' : `${Math.round(one.secondsToReady)} s`,
        one.secondsLate === undefined ? '-' : `${Math.round(one.secondsLate)} s`,
        formatMinutes(one.minutesShort),
        formatMinutes(one.minutesAtCeiling),
        one.boundBy ?? '-',
        formatHours(one.replicaHoursOver),
        formatHours(one.replicaHoursUnder),
      ]),
      meaning:
        'LATE: after the start. SHORT: minutes with too few ready replicas. OVER and UNDER: replica-hours above and below what the demand needed.',
    },
    {
      title: 'With the HPA alone, on the same traffic',
      header: ['TARGET', 'SHORT', 'REPLICA-HOURS', 'WITH HEADSTART'],
      rows: targets.map(one => [
        one.target,
        formatMinutes(one.minutesShortWithoutPrescale),
        one.replicaHoursWithoutPrescale === undefined ? '-' : formatHours(one.replicaHoursWithoutPrescale),
        one.replicaHours === undefined ? '-' : formatHours(one.replicaHours),
      ]),
      meaning: 'Minutes with too few ready replicas, and replica-hours from the raise to the end.',
    },
  ];
  return currency === undefined ? tables : [...tables, moneyTable(targets, currency)];
}

/** What to state next time, and what each target has taught, a sentence each; empty where nothing was learned. */
export function reviewSentences({ targets, suggestedPeakPercent, suggestion }: SalePlanReview): readonly string[] {
  const next =
    suggestion ?? (suggestedPeakPercent === undefined ? undefined : `expectedPeakPercent: ${suggestedPeakPercent}`);
  const lessons = targets.flatMap(({ target, learned = [] }) => learned.map(lesson => `${target}: ${lesson}`));
  return [...(next === undefined ? [] : [`Next time: ${next}`]), ...lessons];
}

function moneyTable(targets: readonly TargetReview[], currency: string): ReviewTable {
  const money = (amount: number | undefined) => (amount === undefined ? '-' : formatMoney(amount, currency));
  const total = (of: (one: TargetReview) => number | undefined) => {
    const known = targets.map(of).filter(amount => amount !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, amount) => sum + amount, 0);
  };
  const row = (
    name: string,
    of: (field: 'idleCost' | 'lossShort' | 'lossShortWithoutPrescale') => number | undefined,
  ) => [name, money(of('idleCost')), money(of('lossShort')), money(of('lossShortWithoutPrescale'))];
  return {
    title: 'In money',
    header: ['TARGET', 'IDLE REPLICAS', 'ORDERS LOST', 'WITH THE HPA ALONE'],
    rows: [...targets.map(one => row(one.target, field => one[field])), row('all', field => total(one => one[field]))],
    meaning:
      "By the policy's cost: the price of replicas above the need, and the value of orders lost for want of them.",
  };
}

function formatPercent(value: number | undefined, signed = false): string {
  if (value === undefined) return '-';
  return `${signed && value > 0 ? '+' : ''}${Math.round(value)} %`;
}

function formatMinutes(minutes: number): string {
  return `${Math.round(minutes)} min`;
}

function formatHours(hours: number): string {
  return `${formatNumber(Number(hours.toPrecision(2)))} h`;
}
