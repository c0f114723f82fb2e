import { explain } from '../../../src/cli/explain.ts';

/** The text of `headstart explain`, with its instants as they are recorded. */
export async function explained(...asked: Parameters<typeof explain>): Promise<string> {
  return (await explain(...asked)).text;
}
