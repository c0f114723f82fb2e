import { type Command, Option } from 'commander';
import { validateManifests } from '../validate/validate-manifests.ts';
import { readManifestFiles } from './files/read-manifests.ts';
import { ExitWith } from './output/exit-with.ts';
import { type FindingsForm, findingsForms, formatFindings } from './output/format-findings.ts';

interface ValidateOptions {
  readonly crds?: string;
  readonly before?: string;
  readonly output: FindingsForm;
}

/** Registers `headstart validate`: checks a GitOps repository in a pipeline before it is synced. Reads files only. */
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
    .option('--before <folder>', 'the manifests as applied last: selectors may not differ, stores may not go')
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(findingsForms).default('table'))
    .action((folder: string, { crds, before, output }: ValidateOptions) => {
      const files = readManifestFiles(folder);
      if (files.size === 0) throw new Error(`${folder} has no .yaml file`);
      const validation = validateManifests(files, {
        ...(crds === undefined ? {} : { definitions: readManifestFiles(crds) }),
        ...(before === undefined ? {} : { before: readManifestFiles(before) }),
      });
      process.stdout.write(formatFindings(validation, output, `validate ${folder}`));
      if (validation.findings.some(finding => finding.severity === 'error')) throw new ExitWith(1);
    });
}
