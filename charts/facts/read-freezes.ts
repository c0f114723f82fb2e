import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FreezeWindow } from './freeze-window.ts';

const windowsSchema = z.object({
  windows: z.array(
    z.object({
      namespace: z.string(),
      start: z.iso.datetime({ offset: true }),
      end: z.iso.datetime({ offset: true }),
      sales: z.array(z.string()),
    }),
  ),
});

/**
 * Reads the freeze windows that `headstart freeze windows -o json` printed, sorted by start. It prints those that are
 * open or to come, so that a window goes with the next synthesis after its sale.
 *
 * @throws Error when the file has none of that shape
 */
export function readFreezes(file: string): readonly FreezeWindow[] {
  const windows = windowsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!windows.success)
    throw new Error(`${file} has no freeze windows: write it with headstart freeze windows FOLDER -o json`);
  return windows.data.windows
    .map(({ namespace, start, end, sales }) => ({ namespace, sales, start: Date.parse(start), end: Date.parse(end) }))
    .sort((a, b) => a.start - b.start || (a.namespace < b.namespace ? -1 : 1));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
