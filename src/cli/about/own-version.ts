import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../../package-path.ts';

/** Reads the version of this program. */
export function readOwnVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packagePath('package.json'), 'utf8'))).version;
}
