import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Plan } from '../../../src/plan/plan.ts';
import { planOf } from './apply-planned.ts';

const folder = 'test/cases';

/** The plan of every case below test/cases. */
export function casePlans(): readonly Plan[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => planOf(parse(readFileSync(path.join(folder, name, 'given.yaml'), 'utf8'))).plan);
}
