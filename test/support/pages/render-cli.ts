import type { Command } from 'commander';
import { createProgram, exitCodes } from '../../../src/cli/program.ts';

/** Columns of a help text on the page. */
const width = 100;

/** The page docs/cli.md: the help of every command, as it is printed. */
export function renderCli(): string {
  const program = createProgram();
  const commands = program.commands.flatMap(command => [command, ...command.commands]).filter(isShown);
  const list = program.commands.filter(isShown).map(command => {
    return `- [\`${command.name()}\`](#headstart-${command.name()}): ${firstSentence(command.description())}`;
  });
  return [
    '# Commands',
    'Each is `headstart VERB`, and `kubectl headstart VERB` where `kubectl-headstart` is on the PATH. This page is what `--help` prints; `npx vitest run test/house/cli-page.test.ts -u` renews it.',
    exitCodes,
    'Completion in a shell: `source <(headstart completion bash)`, or zsh, fish, powershell. For `kubectl headstart`, put an executable `kubectl_complete-headstart` on the PATH that says `exec headstart complete -- "$@"`.',
    list.join('\n'),
    ...commands.map(command => `## ${pathOf(command)}\n\n\`\`\`\n${helpOf(command)}\n\`\`\``),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function isShown(command: Command): boolean {
  return command.name() !== 'help' && command.name() !== 'complete';
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** The help of a command as it is printed, without the exit codes, which are the same for all. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: chunk => {
      text += chunk;
    },
    getOutHelpWidth: () => width,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.replace(exitCodes, '').trim();
}

function firstSentence(text: string): string {
  return /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/[.:]$/, '') ?? text;
}
