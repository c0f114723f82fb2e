import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildControlPlane, buildKwok } from './control-plane/build-control-plane.ts';

/**
 * Builds what is missing before the first test, outside any test's time limit: the control plane, kwok, and dist/js.
 */
export async function setup(): Promise<void> {
  if (!process.env.KUBECONFIG) await buildControlPlane();
  await buildKwok();
  const root = path.join(import.meta.dirname, '..', '..');
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root });
}
