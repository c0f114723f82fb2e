import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { FreezeWindow } from '../constructs/delivery/delivery.ts';
import { listFiles } from '../list-files.ts';

const saleSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({ startTime: z.iso.datetime({ offset: true }), endTime: z.iso.datetime({ offset: true }) }),
});

export interface FreezeOptions {
  /** @default 3600 */
  readonly beforeSeconds?: number;
  /** @default 3600 */
  readonly afterSeconds?: number;
}

/** The freeze windows of the FlashSales in a folder, by start; sales that are cancelled and other kinds are passed over. @throws Error when it is not there, or a sale in it cannot be read */
export function readFreezes(folder: string, options: FreezeOptions = {}): readonly FreezeWindow[] {
  const { beforeSeconds = 3600, afterSeconds = 3600 } = options;
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  return listFiles(folder)
    .filter(file => /\.ya?ml$/.test(file))
    .flatMap(file => salesOf(path.join(folder, file)))
    .flatMap(({ metadata, spec }) => {
      if (spec.cancelled === true) return [];
      return [
        {
          namespace: metadata.namespace,
          sale: metadata.name,
          start: Date.parse(spec.startTime) - beforeSeconds * 1000,
          end: Date.parse(spec.endTime) + afterSeconds * 1000,
        },
      ];
    })
    .sort((a, b) => a.start - b.start || (a.sale < b.sale ? -1 : 1));
}

/** The FlashSales of a file. A sale that cannot be read would be one without its freeze window. */
function salesOf(file: string): readonly z.infer<typeof saleSchema>[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${file}: ${error.message.split('\n')[0]}`);
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (!z.looseObject({ kind: z.literal('FlashSale') }).safeParse(value).success) return [];
    const sale = saleSchema.safeParse(value);
    if (sale.success) return [sale.data];
    const [issue] = sale.error.issues;
    throw new Error(`${file}: FlashSale: ${issue?.path.join('.')}: ${issue?.message}`);
  });
}
