import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/**
 * Registers `headstart completion bash|zsh|fish|powershell`, and the hidden command by which their scripts ask for what
 * may come next. It reads the commands that are registered before it.
 */
export function registerCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
}
