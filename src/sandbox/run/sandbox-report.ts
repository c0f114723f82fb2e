import { ownValue } from '../../api/names/own-value.ts';
import type { ReportedForecast, ReportedRun, SaleReport } from '../../report/sale-report.ts';
import { answerTimes } from '../../simulate/answer-times.ts';
import { describeSteps } from './describe-steps.ts';
import { forecastPoints } from './sandbox-forecasts.ts';
import type { HeadstartRun, SandboxFault } from './sandbox-operator.ts';
import type { SandboxRun } from './sandbox-run.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

export interface SandboxRuns {
  readonly setup: SandboxScenario;
  readonly own: HeadstartRun;
  readonly alone: SandboxRun;
  /** HPAs with a schedule that asks for the stated multiple. */
  readonly schedule: SandboxRun;
  readonly fault?: SandboxFault | undefined;
}

const faultWords: Readonly<Record<SandboxFault, string>> = {
  late: 'no lead time, and the sale is announced only when it begins',
  'no-forecast': 'the last value replaces the forecast',
};

/** Makes the report's data from the three runs. */
export function makeSaleReport({ setup, own, alone, schedule, fault }: SandboxRuns): SaleReport {
  const { scenario, sale, targets } = setup;
  const { start, end } = scenario.sale.announced;
  const raisedAt = firstRaise(setup, own);
  const restoredAt = own.unrestored.length === 0 ? lastChange(own) : undefined;
  const review = own.salePlan?.status?.review;
  return {
    seed: scenario.seed,
    sale: {
      name: sale.metadata.name,
      start,
      end,
      timeZone: sale.spec.timeZone,
      ...(sale.spec.expectedPeakPercent === undefined ? {} : { statedPeakPercent: sale.spec.expectedPeakPercent }),
      ...(raisedAt === undefined ? {} : { raisedAt }),
      ...(restoredAt === undefined ? {} : { restoredAt }),
    },
    services: scenario.services,
    withHeadstart: reportRun(setup, own),
    hpaAlone: reportRun(setup, alone),
    schedule: reportRun(setup, schedule),
    forecast: reportForecast(setup, own, raisedAt ?? start),
    steps: describeSteps(targets, own.record),
    ...(review === undefined ? {} : { review }),
    ...(fault === undefined ? {} : { fault: faultWords[fault] }),
  };
}

/** The data of one run, thinned to every fifth second for drawing. */
function reportRun({ scenario }: SandboxScenario, { span, record, outcome }: SandboxRun): ReportedRun {
  const seconds = scenario.services.map(service => {
    const ready = ownValue(record.ready, service.name) ?? [];
    const all = [...answerTimes({ service, demand: scenario.demand, ready, ...span })];
    return [service.name, all.filter((_, i) => i % 5 === 0)] as const;
  });
  return { outcome, seconds: Object.fromEntries(seconds), minReplicas: record.minReplicas };
}

/** The forecast that was in use at the first raise. */
function reportForecast(
  { scenario }: SandboxScenario,
  { forecasts }: HeadstartRun,
  raisedAt: number,
): ReportedForecast {
  const known = forecasts.findLast(record => record.at <= raisedAt) ?? forecasts[0];
  return {
    service: scenario.services.find(service => service.entryPoint)?.name ?? '',
    madeAt: known?.at ?? raisedAt,
    basis: known?.forecast.basis ?? 'no forecast was made',
    points: known === undefined ? [] : forecastPoints(known.forecast),
  };
}

function firstRaise({ targets }: SandboxScenario, { record }: SandboxRun): number | undefined {
  const raises = targets.flatMap(({ metadata: { name }, spec: { baseline } }) => {
    const raise = ownValue(record.minReplicas, name)?.find(change => change.value > baseline.minReplicas);
    return raise === undefined ? [] : [raise.t];
  });
  return raises.length === 0 ? undefined : Math.min(...raises);
}

function lastChange({ record }: SandboxRun): number {
  const series = [...Object.values(record.minReplicas), ...Object.values(record.maxReplicas)];
  return Math.max(...series.map(changes => changes.at(-1)?.t ?? 0));
}
