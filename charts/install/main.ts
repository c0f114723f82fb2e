import { parseArgs } from 'node:util';
import { readDefinitions } from '../definitions.ts';
import { factsSchema } from '../facts/facts-schema.ts';
import { checkImage, ownImage, ownVersion } from '../operator-image.ts';
import { writeManifests } from '../write-manifests.ts';
import { installFiles } from './install-files.ts';

const help = `Synthesizes the installation of the operator alone.

npm run synth:install -- [options]
  --image IMAGE    the operator's image with registry and tag (default: ${ownImage()})
  --runbook URL    where docs/runbook.md is served, for the links of alerts
  --page URL       where people open the operator's page, for the links of the dashboard
  --out DIR        folder where manifests/, kustomize/, helm/ and monitoring.yaml are written (default: dist/install)
`;

process.exitCode = run(process.argv.slice(2));

/** Runs synth:install. Returns the exit code: 0 done, 1 invalid arguments. */
function run(argv: readonly string[]): number {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        image: { type: 'string', default: ownImage() },
        runbook: { type: 'string', default: factsSchema.shape.runbookUrl.parse(undefined) },
        page: { type: 'string', default: factsSchema.shape.pageUrl.parse(undefined) },
        out: { type: 'string', default: 'dist/install' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return print(help);
    const image = checkImage(values.image);
    const { runbook: runbookUrl, page: pageUrl } = values;
    const files = installFiles({ version: ownVersion(), image, runbookUrl, pageUrl, definitions: readDefinitions() });
    writeManifests(values.out, files);
    return print(`${values.out}: manifests/, kustomize/ and helm/headstart/ with ${image}\n`);
  } catch (error) {
    process.stderr.write(`synth:install: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
