import { formatInstant } from '../../api/instant.ts';
import { type DeployFreeze, openFreeze } from '../../api/series/deploy-freezes.ts';
import type { NamespaceFreezes } from '../../validate/find-freezes.ts';
import { formatTable } from '../output/format-table.ts';

/** Formats of freeze windows: for people, for programs, and as sync windows of Argo CD. */
export const windowsForms = ['table', 'json', 'argocd'] as const;

/** One of the formats of freeze windows. */
export type WindowsForm = (typeof windowsForms)[number];

/** Formats the freeze windows of namespaces as they are at `now` (epoch ms). */
export function formatWindows(namespaces: readonly NamespaceFreezes[], form: WindowsForm, now: number): string {
  switch (form) {
    case 'table':
      return formatForPeople(namespaces, now);
    case 'json':
      return `${JSON.stringify({ windows: namespaces.flatMap(one => windowsOf(one, now)) }, null, 2)}\n`;
    case 'argocd':
      return formatSyncWindows(namespaces);
  }
}

function formatForPeople(namespaces: readonly NamespaceFreezes[], now: number): string {
  const rows = namespaces
    .flatMap(one => windowsOf(one, now))
    .map(({ namespace, start, end, open, sales }) => [namespace, start, end, open ? 'yes' : 'no', sales.join(', ')]);
  return rows.length === 0
    ? 'no freeze window is open or in view\n'
    : formatTable([['NAMESPACE', 'FROM', 'TO', 'OPEN', 'SALES'], ...rows]);
}

function windowsOf({ namespace, freezes }: NamespaceFreezes, now: number) {
  const open = openFreeze(freezes, now);
  return freezes.map(freeze => ({
    namespace,
    start: formatInstant(freeze.start),
    end: formatInstant(freeze.end),
    open: freeze === open,
    sales: freeze.sales,
  }));
}

/**
 * Formats a patch of an AppProject, every string as JSON, which YAML reads alike.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
function formatSyncWindows(namespaces: readonly NamespaceFreezes[]): string {
  const windows = namespaces.flatMap(({ namespace, freezes }) => freezes.map(freeze => syncWindow(namespace, freeze)));
  return [
    '# A merge patch of an AppProject: it replaces the sync windows of the project. A window has no year, and would come',
    '# again: write them anew when sales are announced, moved or over.',
    'spec:',
    windows.length === 0 ? '  syncWindows: []' : '  syncWindows:',
    ...windows.flatMap(([around, ...fields]) => [
      `    # ${around}`,
      ...fields.map((field, index) => `    ${index === 0 ? '- ' : '  '}${field}`),
    ]),
    '',
  ].join('\n');
}

/** The lines of one window, after what it is around: whole minutes in UTC that cover it. */
function syncWindow(namespace: string, { start, end, sales }: DeployFreeze): readonly string[] {
  const from = Math.floor(start / minuteMs) * minuteMs;
  const at = new Date(from);
  const cron = `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
  return [
    `${sales.join(', ')}: ${formatInstant(start)} to ${formatInstant(end)}`,
    'kind: deny',
    `schedule: ${JSON.stringify(cron)}`,
    `duration: ${Math.ceil((end - from) / minuteMs)}m`,
    'timeZone: UTC',
    `namespaces: [${JSON.stringify(namespace)}]`,
    'manualSync: false',
  ];
}

const minuteMs = 60_000;
