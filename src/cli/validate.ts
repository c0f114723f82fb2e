import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { ManifestFiles } from '../validate/read-objects.ts';
import { validateManifests } from '../validate/validate-manifests.ts';
import { listFiles } from './files/list-files.ts';
import { ExitWith } from './output/exit-with.ts';
import { type FindingsForm, formatFindings } from './output/format-findings.ts';

interface ValidateOptions {
  readonly crds?: string;
  readonly before?: string;
  readonly output: FindingsForm;
}

/** `headstart validate`: what a pipeline asks of a GitOps repository before it is synced. Reads files only. */
export function registerValidate(program: Command): void {
  program
    .command('validate')
    .description(
      [
        'Check a folder of manifests: schemas and unknown fields, bounds and their owners, call graph, quota, disruption budgets, selectors.',
        'Exits 0 without errors (warnings may stand), 1 with them or when the folder holds no YAML, 2 on a wrong option.',
      ].join(' '),
    )
    .argument('<folder>', 'manifests, as npm run synth writes them or of your own')
    .option('--crds <folder>', "other projects' CustomResourceDefinitions, to check their kinds too")
    .option('--before <folder>', 'the manifests as applied last: selectors may not differ from them')
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'junit']).default('table'))
    .action((folder: string, { crds, before, output }: ValidateOptions) => {
      const files = readFiles(folder);
      if (files.size === 0) throw new Error(`${folder} has no .yaml file`);
      const validation = validateManifests(files, {
        ...(crds === undefined ? {} : { definitions: readFiles(crds) }),
        ...(before === undefined ? {} : { before: readFiles(before) }),
      });
      process.stdout.write(formatFindings(validation, output, `validate ${folder}`));
      if (validation.findings.some(finding => finding.severity === 'error')) throw new ExitWith(1);
    });
}

/** Paths as the reader gave the folder → text. @throws Error when it is not there */
export function readFiles(folder: string): ManifestFiles {
  const files = listFiles(folder, ['.yaml', '.yml']);
  return new Map(files.map(file => [path.normalize(file), readFileSync(file, 'utf8')]));
}
