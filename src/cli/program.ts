import { Command, CommanderError } from 'commander';
import { isUnreachable } from '../kube/api-error.ts';
import { registerCompletion } from './about/completion.ts';
import { readOwnVersion } from './about/own-version.ts';
import { registerVersion } from './about/version.ts';
import { registerAdopt } from './adopt.ts';
import { registerApprove } from './approve.ts';
import { registerBacktest } from './backtest.ts';
import { registerBoost } from './changes/boost.ts';
import { registerCancel } from './changes/cancel.ts';
import { registerPause } from './changes/pause.ts';
import { registerEmergency } from './emergency.ts';
import { registerExplain } from './explain.ts';
import { registerForecast } from './forecast.ts';
import { registerFreeze } from './freeze.ts';
import { registerHistory } from './history.ts';
import { registerOperator } from './operator.ts';
import { Misuse } from './options/misuse.ts';
import { ExitWith } from './output/exit-with.ts';
import { registerPlaceholders } from './placeholders.ts';
import { registerPlan } from './plan.ts';
import { registerPromote } from './promote.ts';
import { registerReport } from './report.ts';
import { registerRestore } from './restore.ts';
import { registerSales } from './sales.ts';
import { registerSandbox } from './sandbox.ts';
import { registerSources } from './sources.ts';
import { registerReadiness } from './status/readiness.ts';
import { registerStatus } from './status/status.ts';
import { registerValidate } from './validate.ts';

/** What the exit code of every command says, except where its help says otherwise. */
export const exitCodes = 'Exit codes: 0 done, 1 not done or not accepted, 2 misuse, 3 cluster unreachable.';

/** Creates the program with every command; each is a file beside this one and is registered below. */
export function createProgram(): Command {
  const program = new Command('headstart')
    .description('Raises capacity before a flash sale begins, and puts it back afterwards.')
    .version(readOwnVersion())
    .exitOverride()
    .addHelpText('afterAll', `\n${exitCodes}`);
  registerStatus(program);
  registerPlan(program);
  registerForecast(program);
  registerBacktest(program);
  registerOperator(program);
  registerExplain(program);
  registerReadiness(program);
  registerReport(program);
  registerAdopt(program);
  registerPlaceholders(program);
  registerApprove(program);
  registerPromote(program);
  registerPause(program);
  registerCancel(program);
  registerBoost(program);
  registerEmergency(program);
  registerRestore(program);
  registerValidate(program);
  registerFreeze(program);
  registerSales(program);
  registerSources(program);
  registerHistory(program);
  registerSandbox(program);
  registerVersion(program);
  registerCompletion(program);
  pointToHelp(program);
  return program;
}

/** Ends each message of misuse with the command whose help says more: the help itself would bury the message. */
function pointToHelp(command: Command): void {
  command.showHelpAfterError(`See ${pathOf(command)} --help.`);
  command.commands.forEach(pointToHelp);
}

/** Runs one command and returns the exit code: 0 done, 1 not done or not accepted, 2 misuse, 3 cluster unreachable. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const program = createProgram();
  let called = program;
  program.hook('preAction', (_, command) => {
    called = command;
  });
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    return exitCodeOf(error, called);
  }
}

/** The exit code of what a command threw, which is told on standard error unless it was already. */
function exitCodeOf(error: unknown, called: Command): number {
  if (error instanceof ExitWith) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`headstart: ${message}\n`);
  if (!(error instanceof Misuse)) return isUnreachable(error) ? 3 : 1;
  process.stderr.write(`See ${pathOf(called)} --help.\n`);
  return 2;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
