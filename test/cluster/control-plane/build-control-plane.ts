import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { startProcess } from './child-process.ts';

/** The version of Kubernetes in control-plane/go.mod, as `kubectl version` prints it. */
const kubernetesVersion = 'v1.36.3';
const kwokVersion = 'v0.8.0';
/** The newest version that Go 1.26 builds. */
const victoriaMetricsVersion = 'v1.148.0';

const moduleFolder = import.meta.dirname;

/**
 * Builds etcd, API server, controller manager and scheduler as one binary, once (about 7 minutes on two cores); returns
 * its path.
 */
export async function buildControlPlane(): Promise<string> {
  const sources = ['main.go', 'go.mod', 'go.sum'].map(file => readFileSync(path.join(moduleFolder, file)));
  const [major, minor] = kubernetesVersion.slice(1).split('.');
  const stamp = 'k8s.io/component-base/version';
  const flags = `-s -w -X ${stamp}.gitVersion=${kubernetesVersion} -X ${stamp}.gitMajor=${major} -X ${stamp}.gitMinor=${minor}`;
  return buildOnce(`control-plane-${hash(sources)}`, 'control-plane', folder => ({
    args: ['build', '-trimpath', '-ldflags', flags, '-o', path.join(folder, 'control-plane'), '.'],
    cwd: moduleFolder,
    env: {},
  }));
}

/** Builds kwok, which simulates the nodes, once (about 2 minutes after the control plane); returns its path. */
export async function buildKwok(): Promise<string> {
  return buildOnce(`kwok-${kwokVersion}`, 'kwok', folder => ({
    args: ['install', '-trimpath', '-ldflags', '-s -w', `sigs.k8s.io/kwok/cmd/kwok@${kwokVersion}`],
    cwd: folder,
    env: { GOBIN: folder },
  }));
}

/**
 * Builds single-node VictoriaMetrics, once (about 3 minutes), only for the suite of metric stores; returns its path.
 */
export async function buildVictoriaMetrics(): Promise<string> {
  const main = `github.com/VictoriaMetrics/VictoriaMetrics/app/victoria-metrics@${victoriaMetricsVersion}`;
  return buildOnce(`victoria-metrics-${victoriaMetricsVersion}`, 'victoria-metrics', folder => ({
    args: ['install', '-trimpath', '-ldflags', '-s -w', main],
    cwd: folder,
    env: { GOBIN: folder },
  }));
}

interface GoCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Builds in a temporary folder and renames it when complete, so that an aborted or parallel build leaves no partial
 * binary.
 */
async function buildOnce(key: string, file: string, command: (folder: string) => GoCommand): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'headstart');
  const finished = path.join(cache, `${key}-${process.platform}-${process.arch}`);
  const binary = path.join(finished, file);
  if (existsSync(binary)) return binary;

  mkdirSync(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'building-'));
  try {
    await runGo(file, command(folder), path.join(cache, `${key}.log`));
    await rename(folder, finished);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!existsSync(binary)) throw error;
  }
  return binary;
}

async function runGo(name: string, { args, cwd, env }: GoCommand, logFile: string): Promise<void> {
  const started = Date.now();
  const say = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  say('building from source, once; a few minutes');
  const progress = setInterval(() => say(`still building, ${Math.round((Date.now() - started) / 1000)} s`), 30_000);
  try {
    const go = startProcess({
      name: `go ${args[0]}`,
      command: 'nice',
      args: ['-n', '10', 'go', ...args],
      cwd,
      env: { CGO_ENABLED: '0', ...env },
      logFile,
    });
    const code = await go.exited;
    if (code !== 0) throw new Error(`go could not build ${name} (exit ${code}); needs Go 1.26; see ${logFile}`);
    say(`built in ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    clearInterval(progress);
  }
}

function hash(parts: readonly Buffer[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex').slice(0, 12);
}
