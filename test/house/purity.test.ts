import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const pureFolders = ['forecasts', 'src/learn', 'src/plan', 'src/review', 'src/simulate'];
const impure =
  /\bDate\.now\b|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\b|\bcrypto\b|\bsetTimeout\b|\bprocess\.|\bperformance\b/;

describe.each(pureFolders)('%s is pure', folder => {
  test('no file asks for the time, chance or the environment', () => {
    const offenders = sources(folder).filter(file => impure.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(offenders).toEqual([]);
  });
});

function sources(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => path.join(folder, file));
  } catch {
    return [];
  }
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
