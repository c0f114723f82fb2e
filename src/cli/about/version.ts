import { type Command, Option } from 'commander';
import { apiVersion } from '../../api/group.ts';
import { readOwnVersion } from './own-version.ts';

/** Registers `headstart version`: the version of this program, of the API that it speaks, and of Node. Asks no cluster. */
export function registerVersion(program: Command): void {
  program
    .command('version')
    .description('Print the version of headstart, of its API and of Node.')
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'json']).default('table'))
    .action(({ output }: { readonly output: 'table' | 'json' }) => {
      const versions = { headstart: readOwnVersion(), api: apiVersion, node: process.versions.node };
      const lines = Object.entries(versions).map(([name, version]) => `${name} ${version}\n`);
      process.stdout.write(output === 'json' ? `${JSON.stringify(versions, undefined, 2)}\n` : lines.join(''));
    });
}
