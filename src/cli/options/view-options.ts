import { type Command, Option } from 'commander';
import { group } from '../../api/group.ts';
import type { Connection } from '../../kube/connect.ts';
import type { ResourceKind } from '../../kube/resources/resource-kind.ts';
import type { Selection } from '../../kube/resources/resource-options.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from '../cluster-options.ts';
import { withInstants } from '../output/with-instants.ts';
import { writeYaml } from '../output/write-yaml.ts';
import { readClusterTime } from './cluster-time.ts';
import { watchText } from './watch-text.ts';

const forms = ['table', 'wide', 'json', 'yaml', 'name'] as const;

/** Options of a command that shows what a cluster has, named as in kubectl. */
export interface ViewOptions extends ClusterOptions {
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly watch?: boolean;
  readonly utc?: boolean;
  readonly output: (typeof forms)[number];
}

/** What a command shows, in each form that may be asked for. */
export interface View {
  readonly table: (form: TableForm) => string;
  /** What is printed as JSON or YAML, its instants (epoch ms) as RFC 3339 in UTC. */
  readonly value: unknown;
  /** The objects that are shown. */
  readonly objects: readonly { readonly kind: Pick<ResourceKind, 'kind'>; readonly name: string }[];
}

/** How a table is shown. */
export interface TableForm {
  /** Epoch ms of the cluster. */
  readonly now: number;
  readonly allNamespaces: boolean;
  /** With more columns, and reasons in full. */
  readonly wide: boolean;
  /** Times in UTC, whatever the sales state. */
  readonly utc: boolean;
}

/** What is asked for. */
export interface Asked {
  readonly namespace: string;
  /** The namespace, or all, and the labels. */
  readonly selection: Pick<Selection, 'namespace' | 'labelSelector'>;
  /** Epoch ms of the cluster. */
  readonly now: number;
}

/** Adds the options that choose a cluster and a form, and with `lists` those that choose among objects. */
export function addViewOptions(command: Command, { lists }: { readonly lists: boolean }): Command {
  addClusterOptions(command);
  if (lists)
    command
      .option('-A, --all-namespaces', 'of all namespaces')
      .option('-l, --selector <labels>', 'only objects with these labels, as team=shop');
  return command
    .option('-w, --watch', 'show it again whenever it changes, until Ctrl-C')
    .option('--utc', "times in UTC; default: the sales' own zone")
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(forms).default('table'));
}

/** Reads a view and prints it, again and again with `--watch`; returns the last one. @throws what `read` throws */
export function showView<V extends View>(
  options: ViewOptions,
  read: (connection: Connection, asked: Asked) => Promise<V>,
): Promise<V> {
  return withCluster(options, async (connection, namespace) => {
    const selection = {
      namespace: options.allNamespaces === true ? undefined : namespace,
      labelSelector: options.selector,
    };
    const look = async () => {
      const now = await readClusterTime(connection);
      const view = await read(connection, { namespace, selection, now });
      return { view, text: formatView(view, options, now) };
    };
    const first = await look();
    if (options.watch !== true) {
      process.stdout.write(first.text);
      return first.view;
    }
    let last = first;
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    const again = async () => {
      last = await look();
      return last.text;
    };
    await watchText(again, text => process.stdout.write(text), stop.signal);
    return last.view;
  });
}

/** Formats a view in the form that is asked for. `now` is the cluster's time in epoch ms. */
export function formatView(
  view: View,
  options: Pick<ViewOptions, 'allNamespaces' | 'utc' | 'output'>,
  now: number,
): string {
  const { allNamespaces = false, utc = false, output } = options;
  switch (output) {
    case 'json':
      return `${JSON.stringify(withInstants(view.value), undefined, 2)}\n`;
    case 'yaml':
      return writeYaml(withInstants(view.value));
    case 'name':
      return view.objects.map(({ kind, name }) => `${kind.kind.toLowerCase()}.${group}/${name}\n`).join('');
    default:
      return view.table({ now, allNamespaces, wide: output === 'wide', utc });
  }
}
