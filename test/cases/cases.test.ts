import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { acceptNamespace } from '../../src/plan/accept/accept-namespace.ts';
import { dueNotices } from '../../src/plan/notices/due-notices.ts';
import { deepFreeze } from '../support/deep-freeze.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
import { summarizePlan } from './summarize-plan.ts';

/**
 * Whole behaviour of the plan: a folder a case, named after what happens. `UPDATE_CASES=1 npx vitest run test/cases`
 * writes the expected files anew; read the diff before you keep it.
 */
const folder = import.meta.dirname;
const cases = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('the plan of a namespace when', () => {
  test.each(cases)('%s', name => {
    const given: Given = parse(readFileSync(path.join(folder, name, 'given.yaml'), 'utf8'));
    const observation = deepFreeze(observationOf(given));
    const forecasts = deepFreeze(forecastsOf(given, observation));

    const plan = planObservation(observation, forecasts);
    const notices = dueNotices(observation, plan.sales, acceptNamespace(observation).occurrences)
      .flatMap(due => due.notices)
      .map(({ sale, kind, about, message }) => `${[sale, kind, about ?? []].flat().join(' ')}: ${message}`);
    const summary = summarizePlan(plan, notices);

    const file = path.join(folder, name, 'expected.yaml');
    if (process.env.UPDATE_CASES === '1' || !existsSync(file)) {
      if (process.env.UPDATE_CASES !== '1') throw new Error(`${file} is missing: UPDATE_CASES=1 writes it`);
      writeFileSync(file, stringify(summary, { lineWidth: 160 }));
    }
    expect(summary).toEqual(parse(readFileSync(file, 'utf8')));
  });
});
