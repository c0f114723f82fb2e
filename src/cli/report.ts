import { type Command, Option } from 'commander';
import type { SalePlan } from '../api/sale-plan.ts';
import { plannedTimes } from '../api/series/planned-times.ts';
import { readSalePlans } from '../approve/read-sale-plans.ts';
import { type ReviewForm, renderReview, reviewForms } from '../report/review/render-review.ts';
import { reviewSentences, reviewTables } from '../report/review/review-tables.ts';
import { reviewedSale } from '../report/review/reviewed-sale.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { parseName } from './options/parse-name.ts';
import { formatTable } from './output/format-table.ts';

interface ReportOptions extends ClusterOptions {
  readonly output: 'table' | ReviewForm;
}

/**
 * Registers `headstart report SALE`: forecast and actual demand of the newest past occurrence, or of a named SalePlan.
 */
export function registerReport(program: Command): void {
  addClusterOptions(program.command('report'))
    .description('Forecast against actual of a sale that is over: how right it was, what it gained, what it cost.')
    .argument('<sale>', 'name of a FlashSale (its newest report) or of a SalePlan', parseName)
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', ...reviewForms]).default('table'))
    .addHelpText(
      'after',
      '\nExamples:\n  headstart report sneaker-drop -n marketplace\n  headstart report sneaker-drop -n marketplace -o html > report.html',
    )
    .action(async (name: string, options: ReportOptions) => {
      const plan = await withCluster(options, async (connection, namespace) =>
        findReport(await readSalePlans(connection, namespace), name, namespace),
      );
      const reviewed = reviewedSale(plan);
      if (options.output === 'table' || reviewed === undefined) process.stdout.write(formatReport(plan));
      else process.stdout.write(renderReview(reviewed, options.output));
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
  const tables = reviewTables(review).map(
    ({ title, header, rows, meaning }) => `${title}\n${formatTable([header, ...rows])}${wrap(meaning)}\n`,
  );
  const sentences = reviewSentences(review).map(sentence => wrap(sentence));
  const head = `${metadata.namespace}/${metadata.name}: ${startTime} to ${status?.plan?.endTime ?? endTime}\n`;
  return [head, ...tables, ...(sentences.length === 0 ? [] : [sentences.join('')])].join('\n');
}

const columns = 80;

/** Breaks a sentence into lines of a terminal. */
function wrap(sentence: string): string {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `${lines.join('\n')}\n`;
}
