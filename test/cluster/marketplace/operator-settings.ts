import { parse } from 'yaml';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

/** The settings of the ConfigMap in install.yaml, with other fields of its sources, by name, and no fixed ports. */
export function settingsOf(
  install: readonly KubernetesObject[],
  sources: Readonly<Record<string, Readonly<Record<string, string>>>>,
): unknown {
  const map = install.find(({ kind }) => kind === 'ConfigMap') as { data?: Record<string, string> } | undefined;
  const settings = parse(map?.data?.['settings.yaml'] ?? '');
  const stated = Object.entries(sources).map(([name, fields]) => [name, { ...settings.sources[name], ...fields }]);
  return { ...settings, sources: Object.fromEntries(stated), listen: { health: 'off', metrics: 'off' } };
}
