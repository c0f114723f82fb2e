import { type Command, InvalidArgumentError, Option } from 'commander';
import { stringify } from 'yaml';
import { type FittedDemand, fitDemand } from '../../forecasts/index.ts';
import { isInstant, parseInstant } from '../api/instant.ts';
import type { Missing } from '../api/missing.ts';
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
import { addHistoryOptions, type HistoryOptions } from './files/history/history-options.ts';
import { ExitWith } from './output/exit-with.ts';
import { formatPlan } from './preview/format-plan.ts';
import { notAccepted } from './preview/not-accepted.ts';
import { type Preview, previewObservation } from './preview/preview-observation.ts';

interface PlanOptions extends HistoryOptions {
  readonly file: readonly string[];
  readonly targets: string;
  readonly history: string;
  readonly at?: number;
  readonly output: 'table' | 'yaml' | 'json';
}

/** Registers `headstart plan`: plans for a sale from files alone. Reads no cluster and writes nothing. */
export function registerPlan(program: Command): void {
  addHistoryOptions(program.command('plan'))
    .description(
      [
        'Show what would be done for a flash sale, and why, from files alone: no cluster is asked.',
        'Exits 0 when everything is accepted (risks may stand), 1 when a sale, target or policy is not or a file cannot be read, 2 on a wrong option.',
      ].join(' '),
    )
    .requiredOption('-f, --file <file...>', 'YAML with the FlashSale, and past ones to learn from')
    .requiredOption('--targets <folder>', 'YAML with the ScalingTargets; HPAs and the ScalingPolicy where known')
    .requiredOption(
      '--history <folder or file>',
      '<target>.csv with times and requests per second, or a file with a column for each target',
    )
    .option('--at <time>', 'the instant to plan for, RFC 3339; default: the end of the history', parseTime)
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'yaml', 'json']).default('table'))
    .addHelpText(
      'after',
      '\nExample:\n  headstart plan -f crds/examples/drop.yaml --targets crds/examples/marketplace --history history',
    )
    .action((options: PlanOptions) => {
      const preview = previewObservation({
        saleFiles: options.file,
        targetsFolder: options.targets,
        historyFolder: options.history,
        read: options,
        at: options.at,
      });
      for (const note of preview.notes) process.stderr.write(`headstart: ${note}\n`);
      const plan = previewPlan(preview);
      process.stdout.write(formatAs(options.output, plan, preview));
      if (notAccepted(plan).length > 0) throw new ExitWith(1);
    });
}

/** Makes the plan that the operator would make at the preview's instant, from the same models. */
export function previewPlan({ observation, histories }: Preview): Plan {
  const accepted = acceptNamespace(observation);
  const events = saleEventsByTarget(accepted);
  const fitted = Object.fromEntries(
    observation.targets.map(({ target: { metadata, spec }, clock }): [string, FittedDemand | Missing] => {
      const history = ownValue(histories, metadata.name);
      if (history === undefined || history.values.length === 0) {
        return [metadata.name, { missing: `there is no history in ${metadata.name}.csv` }];
      }
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
  if (output === 'json') return `${JSON.stringify({ ...plan, notes }, undefined, 2)}\n`;
  if (output === 'yaml') return stringify({ ...plan, notes }, { lineWidth: 0, aliasDuplicateObjects: false });
  return formatPlan(plan, observation);
}

function parseTime(text: string): number {
  if (!isInstant(text))
    throw new InvalidArgumentError('expected an instant with its offset, as 2026-11-27T20:00:00+01:00.');
  return parseInstant(text);
}
