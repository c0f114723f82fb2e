import { parseArgs } from 'node:util';
import { readDefinitions } from './definitions.ts';
import { callBudgets, formatBudgets, warningsOf } from './facts/call-budgets.ts';
import type { Facts } from './facts/facts-schema.ts';
import { readFacts, readOwnFacts } from './facts/read-facts.ts';
import { readFreezes } from './facts/read-freezes.ts';
import { checkImage, ownImage } from './operator-image.ts';
import { findReshardings } from './reshardings.ts';
import { synthesize } from './synthesize.ts';
import { terraformFiles } from './terraform.ts';
import { compareFolder, type FolderDifference, readFolder, writeManifests } from './write-manifests.ts';

const help = `Synthesizes the manifests of the marketplace and of the operator.

npm run synth -- [options]
  --facts FILE   a shop's own facts as YAML (default: the marketplace of charts/facts)
  --image IMAGE  the operator's image (default: operatorImage of the facts, else that of a release)
  --freezes FILE what headstart freeze windows SALES -o json printed; Argo CD syncs nothing in them, and no node goes
  --out DIR      where manifests are written; files of removed services are deleted (default: dist/manifests)
  --terraform DIR  where <environment>.tf.json is written (default: dist/terraform)
  --budget       also prints the time of each call along the call graph
  --diff DIR     writes nothing; exits 0 when DIR equals what would be written, 2 when it differs
`;

process.exitCode = run(process.argv.slice(2));

/** Runs synth. Returns the exit code: 0 done or no difference, 1 invalid facts or arguments, 2 different. */
function run(argv: readonly string[]): number {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        facts: { type: 'string' },
        image: { type: 'string' },
        out: { type: 'string', default: 'dist/manifests' },
        terraform: { type: 'string', default: 'dist/terraform' },
        freezes: { type: 'string' },
        diff: { type: 'string' },
        budget: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return print(help, 0);
    const facts = values.facts === undefined ? readOwnFacts() : readFacts(values.facts);
    const freezes = values.freezes === undefined ? [] : readFreezes(values.freezes);
    const files = synthesize(facts, {
      image: checkImage(values.image ?? facts.operatorImage ?? ownImage()),
      definitions: [...readDefinitions().values()],
      freezes,
    });
    const reshardings = findReshardings(readFolder(values.diff ?? values.out), files, facts);
    if (reshardings.length > 0) throw new Error(reshardings.join('\n'));
    if (values.diff !== undefined) return printDifference(compareFolder(values.diff, files));
    writeManifests(values.terraform, terraformFiles(facts));
    const { missing, changed, surplus } = writeManifests(values.out, files);
    const summary = `${files.size} manifests: ${missing.length} added, ${changed.length} changed, ${surplus.length} removed`;
    return print(`${values.out}: ${summary}\n${budgetsOf(facts, values.budget)}`, 0);
  } catch (error) {
    process.stderr.write(`synth: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** The times of the calls of each environment, or what does not add up alone, each once. */
function budgetsOf(facts: Facts, isWhole: boolean): string {
  const budgets = facts.environments.map(environment => ({
    name: environment.name,
    calls: callBudgets(environment, facts),
  }));
  const texts = isWhole
    ? budgets.map(({ name, calls }) => `\n${name}\n${formatBudgets(calls)}`)
    : [...new Set(budgets.flatMap(({ calls }) => warningsOf(calls)))];
  return texts.map(text => `${text}\n`).join('');
}

function printDifference({ missing, changed, surplus }: FolderDifference): number {
  const lines = [
    ...missing.map(file => `+ ${file}`),
    ...changed.map(file => `~ ${file}`),
    ...surplus.map(file => `- ${file}`),
  ];
  return print(lines.map(line => `${line}\n`).join(''), lines.length === 0 ? 0 : 2);
}

function print(text: string, exitCode: number): number {
  process.stdout.write(text);
  return exitCode;
}
