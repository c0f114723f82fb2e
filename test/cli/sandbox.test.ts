import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/render-report.ts';
import { runWithHeadstart, type SandboxFault } from '../../src/sandbox/run/sandbox-operator.ts';
import { makeSaleReport } from '../../src/sandbox/run/sandbox-report.ts';
import { runHpaAlone } from '../../src/sandbox/run/sandbox-run.ts';
import { readSandboxScenario } from '../../src/sandbox/run/sandbox-scenario.ts';
import { meetsTheGoal } from '../support/meets-the-goal.ts';
import { expectWellFormed } from '../support/pages/well-formed.ts';
import { runMain } from '../support/run-main.ts';

const setup = readSandboxScenario(1);
const { start } = setup.scenario.sale.announced;
/** Long enough for the surge; what comes after it is the whole run's business. */
const firstMinutes = { begin: start - 420_000, from: start - 240_000, until: start + 480_000 };

describe('headstart sandbox', () => {
  // The seeds 2 to 5 are lived through in the long suite, test/cluster/sandbox-seeds.test.ts.
  test('keeps nearly every second within the objective, for little more than the HPA costs, and restores', async () => {
    const { code, stdout } = await runMain(['sandbox', '--seed', '1', '--json'], 350_000);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report).toMatchObject({ seed: 1, restored: true });
    expect(report.hpaAlone.secondsOverObjective).toBeGreaterThan(120);
    expect(meetsTheGoal(report.withHeadstart, report.hpaAlone)).toBe(true);
    expect(existsSync(report.page)).toBe(true);
    expect(report.learned).toHaveLength(setup.targets.length);
    expect(report.learned[0].learned[0]).toEqual(['lead time', expect.stringMatching(/scale-ups? by/)]);
  }, 360_000);

  test('refuses a seed that is none, and a fault nobody knows, with the exit code of misuse', async () => {
    expect(await runMain(['sandbox', '--seed', 'one'], 60_000)).toMatchObject({ code: 2 });
    expect(await runMain(['sandbox', '--fault', 'rain'], 60_000)).toMatchObject({ code: 2 });
  }, 150_000);
});

describe('the comparison notices when Headstart is broken', () => {
  let alone: Awaited<ReturnType<typeof runHpaAlone>>;
  beforeAll(async () => {
    alone = await runHpaAlone(setup, undefined, firstMinutes);
  }, 240_000);

  test.each<{ fault: SandboxFault }>([{ fault: 'no-forecast' }, { fault: 'late' }])(
    '$fault',
    async ({ fault }) => {
      const own = await runWithHeadstart(setup, fault, undefined, { span: firstMinutes });
      expect(meetsTheGoal(own.outcome, alone.outcome)).toBe(false);
      const page = renderReport(makeSaleReport({ setup, own, alone, schedule: alone, fault }));
      expectWellFormed(page);
      expect(page).toContain('Injected fault');
    },
    240_000,
  );
});
