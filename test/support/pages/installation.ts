import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { unpackTool } from '../kubectl/unpack-kubectl.ts';

/** Writes the folder `install` as `npm run synth:install` does; returns its path. */
export function writeInstallation(options: readonly string[] = []): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'headstart-install-'));
  execFileSync(process.execPath, ['charts/install/main.ts', '--out', folder, ...options]);
  return folder;
}

export interface InstalledObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** Renders the chart with the real Helm. @throws Error with what Helm says */
export function renderChart(chart: string, options: readonly string[] = []): readonly InstalledObject[] {
  const { status, stdout, stderr } = runTool('helm', [
    'template',
    'headstart',
    chart,
    '--namespace',
    'headstart-system',
    '--include-crds',
    ...options,
  ]);
  if (status !== 0) throw new Error(stderr);
  return readObjects(stdout);
}

/** Renders a kustomize base with the real kubectl. @throws Error with what kubectl says */
export function renderKustomization(folder: string): readonly InstalledObject[] {
  const { status, stdout, stderr } = runTool('kubectl', ['kustomize', folder]);
  if (status !== 0) throw new Error(stderr);
  return readObjects(stdout);
}

/** Runs a real Helm or kubectl, without the settings of whoever runs the tests. */
export function runTool(name: 'helm' | 'kubectl', args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const home = mkdtempSync(path.join(tmpdir(), `headstart-${name}-home-`));
  return spawnSync(unpackTool(name) ?? name, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: home, KUBECONFIG: path.join(home, 'none'), ...env },
  });
}

/** The objects of a YAML text, by kind and name. */
export function readObjects(text: string): readonly InstalledObject[] {
  return parseAllDocuments(text)
    .map(document => document.toJS() as InstalledObject | null)
    .filter(object => object !== null)
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** Kind and name of an object. */
export function idOf({ kind, metadata }: InstalledObject): string {
  return `${kind} ${metadata.name}`;
}

/** The settings of the operator in its ConfigMap. */
export function settingsIn(objects: readonly InstalledObject[]): unknown {
  const map = objects.find(object => idOf(object) === 'ConfigMap headstart-settings');
  return parse((map as unknown as { data: Record<string, string> }).data['settings.yaml'] ?? '');
}
