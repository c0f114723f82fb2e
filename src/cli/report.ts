import type { Command } from 'commander';
import type { SalePlan, TargetReview } from '../api/sale-plan.ts';
import { plannedTimes } from '../api/series/planned-times.ts';
import { readSalePlans } from '../approve/read-sale-plans.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { formatTable } from './output/format-table.ts';

interface ReportOptions extends ClusterOptions {
  readonly output: 'table' | 'json';
}

/**
 * Registers `headstart report SALE`: forecast and actual demand of the newest past occurrence, or of a named SalePlan.
 */
export function registerReport(program: Command): void {
  addClusterOptions(program.command('report'))
    .description('Forecast against actual of a sale that is over: how right it was, what it gained, what it cost.')
    .argument('<sale>', 'name of a FlashSale (its newest report) or of a SalePlan')
    .option('-o, --output <format>', 'table or json', 'table')
    .addHelpText('after', '\nExample:\n  headstart report sneaker-drop -n marketplace')
    .action(async (name: string, options: ReportOptions) => {
      const plan = await withCluster(options, async (connection, namespace) =>
        findReport(await readSalePlans(connection, namespace), name, namespace),
      );
      process.stdout.write(
        options.output === 'json' ? `${JSON.stringify(plan.status?.review, null, 2)}\n` : formatReport(plan),
      );
    });
}

/** Finds the plan with the report. @throws Error that names what exists instead, when there is no report */
export function findReport(plans: readonly SalePlan[], name: string, namespace: string): SalePlan {
  const named = plans.filter(plan => plan.metadata.name === name || plan.spec.sale.name === name);
  const reviewed = named.findLast(plan => plan.status?.review !== undefined);
  if (reviewed !== undefined) return reviewed;
  const waiting = named.at(-1);
  if (waiting === undefined) throw new Error(`no SalePlan of ${name} is in namespace ${namespace}`);
  throw new Error(`${waiting.metadata.name} has no report yet: it is written once the sale is over and restored`);
}

/** Formats a report for a terminal of 80 columns. */
export function formatReport(salePlan: SalePlan): string {
  const { metadata, status } = salePlan;
  const { startTime, endTime } = plannedTimes(salePlan);
  const review = status?.review;
  if (review === undefined) return '';
  const header = ['TARGET', 'WAPE', 'BIAS', 'PEAK', 'WITHIN P95', 'READY AFTER', 'SHORT', 'WITHOUT'];
  const suggestion =
    review.suggestedPeakPercent === undefined
      ? ''
      : `\nNext time: expectedPeakPercent: ${review.suggestedPeakPercent}\n`;
  return [
    `${metadata.namespace}/${metadata.name}: ${startTime} to ${status?.plan?.endTime ?? endTime}\n\n`,
    formatTable([header, ...review.targets.map(formatRow)]),
    '\nWAPE, BIAS and PEAK: forecast against actual. SHORT and WITHOUT: minutes with too few\n',
    'ready replicas, as it was and as it would have been without pre-scaling.\n',
    suggestion,
  ].join('');
}

function formatRow(review: TargetReview): readonly string[] {
  return [
    review.target,
    formatPercent(review.wapePercent),
    formatPercent(review.biasPercent, true),
    formatPercent(review.peakErrorPercent, true),
    formatPercent(review.coveragePercent),
    review.secondsToReady === undefined ? 'never' : `${Math.round(review.secondsToReady)} s`,
    `${Math.round(review.minutesShort)} min`,
    `${Math.round(review.minutesShortWithoutPrescale)} min`,
  ];
}

function formatPercent(value: number | undefined, signed = false): string {
  if (value === undefined) return '-';
  return `${signed && value > 0 ? '+' : ''}${Math.round(value)} %`;
}
