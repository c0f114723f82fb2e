import { type Command, InvalidArgumentError, Option } from 'commander';
import { isInstant, parseInstant } from '../api/instant.ts';
import { findFreezes } from '../validate/find-freezes.ts';
import { readManifestFiles } from './files/read-manifests.ts';
import { ExitWith } from './output/exit-with.ts';
import { type FindingsForm, findingsForms, formatFindings } from './output/format-findings.ts';

const insideFreeze = 3;

interface FreezeOptions {
  readonly at?: number;
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
  readonly output: FindingsForm;
}

/** Registers `headstart freeze check`: whether a pipeline may deploy now, by the sales in Git. Reads files only. */
export function registerFreeze(program: Command): void {
  program
    .command('freeze')
    .description('Windows around sales in which nothing should be deployed.')
    .command('check')
    .description(
      'Exit 3 inside a freeze window of a sale in the folder, 0 outside, 1 when a sale cannot be read, 2 on a wrong option.',
    )
    .argument('<folder>', 'FlashSales, and ScalingPolicies whose freeze holds')
    .option('--at <time>', 'the instant to ask for, RFC 3339; default: now', parseTime)
    .option('--before-seconds <n>', 'before a start, where no policy says so', parseSeconds, 3600)
    .option('--after-seconds <n>', 'after an end, where no policy says so', parseSeconds, 3600)
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(findingsForms).default('table'))
    .action((folder: string, { at = Date.now(), output, ...lengths }: FreezeOptions) => {
      const { freezes, unreadable, objects } = findFreezes(readManifestFiles(folder), at, lengths);
      const found = { findings: [...unreadable, ...freezes], objects, codes: ['yaml', 'schema', 'freeze'] as const };
      process.stdout.write(formatFindings(found, output, `freeze check ${folder}`));
      if (freezes.length > 0) throw new ExitWith(insideFreeze);
      if (unreadable.length > 0) throw new ExitWith(1);
    });
}

function parseTime(text: string): number {
  if (!isInstant(text)) throw new InvalidArgumentError('expected an instant, as 2026-11-27T20:00:00+01:00');
  return parseInstant(text);
}

function parseSeconds(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('expected whole seconds');
  return Number(text);
}
