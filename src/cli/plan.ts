import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import { type FittedDemand, fitDemand } from '../../forecasts/index.ts';
import { isMissing, type Missing } from '../api/missing.ts';
import { ownValue } from '../api/names/own-value.ts';
import { historyDaysOf } from '../observe/target-clock.ts';
import { acceptNamespace } from '../plan/accept/accept-namespace.ts';
import { fitBoundary } from '../plan/demand/fit-boundary.ts';
import { forecastTargets } from '../plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../plan/demand/sale-events.ts';
import { namespaceFloors } from '../plan/floor/namespace-floors.ts';
import type { Plan } from '../plan/plan.ts';
import { planNamespace } from '../plan/plan-namespace.ts';
import { addClusterOptions } from './cluster-options.ts';
import { addHistoryOptions } from './files/history/history-options.ts';
import { readSales } from './files/read-sales.ts';
import { parseTime } from './forecast/forecast-options.ts';
import { Misuse } from './options/misuse.ts';
import { ExitWith } from './output/exit-with.ts';
import { withInstants } from './output/with-instants.ts';
import { formatPlan } from './preview/format-plan.ts';
import { notAccepted } from './preview/not-accepted.ts';
import { type OpenPreviewOptions, openPreview } from './preview/open-preview.ts';
import type { Preview } from './preview/preview-observation.ts';
import { wallClock } from './wall-clock.ts';

interface PlanOptions extends OpenPreviewOptions {
  /** YAML files with FlashSales. */
  readonly file: readonly string[];
  readonly output: 'table' | 'yaml' | 'json';
}

/** Registers `headstart plan`: plans for a sale on the live cluster, or from files alone. Writes nothing. */
export function registerPlan(program: Command): void {
  const plan = addHistoryOptions(addClusterOptions(program.command('plan')))
    .description(
      [
        'Show what would be done for a flash sale, and why: on the targets, policy and past sales of the cluster, or from files alone. Nothing is written.',
        'Exits 0 when everything is accepted (risks may stand), 1 when a sale, target or policy is not or a file cannot be read, 2 on a wrong option, 3 when the cluster is unreachable.',
      ].join(' '),
    )
    .requiredOption(
      '-f, --file <file...>',
      'YAML with the FlashSale, and past ones to learn from; - for standard input',
    )
    .option(
      '--targets <folder>',
      "YAML with the ScalingTargets; HPAs and the ScalingPolicy where known; default: those of the cluster's namespace",
    )
    .option(
      '--history <folder or file>',
      '<target>.csv with times and requests per second, or a file with a column for each target; default: the sources are asked',
    )
    .option('--settings <file>', "the operator's settings, with the metric sources that --history is left out for")
    .option('--at <time>', 'the instant to plan for, RFC 3339; default: the end of the history, or now', parseTime)
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'yaml', 'json']).default('table'))
    .addHelpText(
      'after',
      `
Examples:
  headstart plan -f sale.yaml --settings settings.yaml -n marketplace
  headstart plan -f crds/examples/drop.yaml --targets crds/examples/marketplace --history history`,
    );
  plan.action(async (options: PlanOptions) => {
    if (options.history === undefined && options.settings === undefined)
      throw new Misuse('say where demand is read: --settings with the metric sources, or --history with files');
    const announced = readSales(options.file);
    const preview = await openPreview(announced, options, wallClock.now());
    for (const note of preview.notes) process.stderr.write(`headstart: ${note}\n`);
    const made = previewPlan(preview);
    const asked = announced.map(({ sale }) => sale.metadata.name);
    const shown = options.targets === undefined ? onlySales(made, asked) : made;
    process.stdout.write(formatAs(options.output, shown, preview));
    if (notAccepted(shown).length > 0) throw new ExitWith(1);
  });
}

/** Leaves out the other sales of the namespace, which count in the plan and were not asked for. */
function onlySales(plan: Plan, asked: readonly string[]): Plan {
  return {
    ...plan,
    sales: plan.sales.filter(({ sale }) => asked.includes(sale)),
    others: plan.others.filter(({ kind, name }) => kind !== 'FlashSale' || asked.includes(name)),
  };
}

/** Makes the plan that the operator would make at the preview's instant, from the same models. */
export function previewPlan({ observation, histories }: Preview): Plan {
  const accepted = acceptNamespace(observation);
  const events = saleEventsByTarget(accepted);
  const fitted = Object.fromEntries(
    observation.targets.map(({ target: { metadata, spec }, clock, demand }): [string, FittedDemand | Missing] => {
      const history = ownValue(histories, metadata.name);
      if (isMissing(demand)) return [metadata.name, demand];
      if (history === undefined || history.values.length === 0)
        return [metadata.name, { missing: `there is no history of ${metadata.name}` }];
      const boundary = fitBoundary(observation.now);
      // A history that begins after the boundary is all there is: a model of some hours is better than none.
      const now = history.start < boundary ? boundary : observation.now;
      const days = historyDaysOf(clock, { now, historyDays: spec.demand.historyDays });
      return [metadata.name, fitDemand(history, { now, events: events.get(metadata.name) ?? [], ...days })];
    }),
  );
  const windows = planForecastWindows(observation, accepted);
  const forecasts = forecastTargets({ observation, windows, events, fitted });
  return planNamespace(namespaceFloors({ observation, accepted, forecasts }));
}

/** Formats the plan, with what was corrected or left out in the files: in JSON and YAML as `notes`. */
export function formatAs(output: PlanOptions['output'], plan: Plan, { observation, notes }: Preview): string {
  if (output === 'table') return formatPlan(plan, observation);
  const shown = withInstants({ ...plan, notes });
  return output === 'json'
    ? `${JSON.stringify(shown, undefined, 2)}\n`
    : stringify(shown, { lineWidth: 0, aliasDuplicateObjects: false });
}
