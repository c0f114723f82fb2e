import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { validateManifests } from '../validate/validate-manifests.ts';
import { ExitWith } from './exit-with.ts';
import { type FindingsForm, formatFindings } from './format-findings.ts';
import { listFiles } from './read-manifests.ts';

/** `headstart validate`: what a pipeline asks of a GitOps repository before it is synced. Reads files only. */
export function registerValidate(program: Command): void {
  program
    .command('validate')
    .description(
      'Check a folder of manifests: kinds, bounds, call graph, quota, disruption budgets. Exits 1 on an error.',
    )
    .argument('<folder>', 'manifests, as npm run synth writes them or of your own')
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'junit']).default('table'))
    .action((folder: string, { output }: { readonly output: FindingsForm }) => {
      const findings = validateManifests(readFiles(folder));
      process.stdout.write(formatFindings(findings, output, `validate ${folder}`));
      if (findings.some(finding => finding.severity === 'error')) throw new ExitWith(1);
    });
}

/** Paths as the reader gave the folder → text. */
export function readFiles(folder: string): ReadonlyMap<string, string> {
  const files = listFiles(folder, ['.yaml', '.yml']);
  return new Map(files.map(file => [path.normalize(file), readFileSync(file, 'utf8')]));
}
