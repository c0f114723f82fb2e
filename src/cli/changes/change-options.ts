import { type Command, Option } from 'commander';
import { fieldManager } from '../../api/group.ts';
import type { ResourceKind } from '../../kube/resources/resource-kind.ts';
import type { KubeObject, UnparsedObject } from '../../kube/resources/wire.ts';
import { addClusterOptions, type ClusterOptions } from '../cluster-options.ts';
import { writeYaml } from '../output/write-yaml.ts';

/** Options of a command that changes an object, named as in kubectl. */
export interface ChangeOptions extends ClusterOptions {
  /** `server` asks the API server and stores nothing, `client` sends nothing. @default the change is made */
  readonly dryRun?: DryRun | undefined;
  readonly output?: 'name' | 'yaml' | 'json' | undefined;
}

export type DryRun = 'client' | 'server';

/** Adds the options that choose a cluster, try a change, and choose what is printed of it. */
export function addChangeOptions(command: Command): Command {
  return addDryRun(addClusterOptions(command)).addOption(
    new Option('-o, --output <form>', 'print the object instead of a line').choices(['name', 'yaml', 'json']),
  );
}

/** Adds `--dry-run`, which asks the server unless it says client. */
export function addDryRun(command: Command): Command {
  return command.addOption(
    new Option('--dry-run [where]', 'server: ask the API server and store nothing; client: send nothing')
      .choices(['client', 'server'])
      .preset('server'),
  );
}

/** Formats a change as kubectl does: `flashsale.headstart.dev/drop cancelled (server dry run)`, or the object itself. */
export function formatWrite(
  { kind, object, done }: { readonly kind: ResourceKind; readonly object: KubeObject; readonly done: string },
  { output, dryRun }: Pick<ChangeOptions, 'output' | 'dryRun'>,
): string {
  const name = `${kind.kind.toLowerCase()}.${kind.group}/${object.metadata?.name}`;
  if (output === 'name') return `${name}\n`;
  if (output === undefined) return `${name} ${done}${dryRun === undefined ? '' : ` (${dryRun} dry run)`}\n`;
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  const shown = { ...object, metadata };
  return output === 'json' ? `${JSON.stringify(shown, undefined, 2)}\n` : writeYaml(shown);
}

/** The object with some fields of its spec changed, for a client's dry run. */
export function withSpec(live: UnparsedObject, changed: object): UnparsedObject {
  return { ...live, spec: { ...(typeof live.spec === 'object' ? live.spec : {}), ...changed } };
}

/** The name of the writer of a command in managedFields. */
export function managerOf(command: string): string {
  return `${fieldManager}-${command}`;
}
