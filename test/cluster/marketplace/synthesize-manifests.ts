import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** Writes the output of `npm run synth` to `folder`: crds.yaml, install.yaml, and one folder per environment. */
export async function synthesizeManifests(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, 'charts', 'main.ts'), '--out', folder], { cwd: root });
}
