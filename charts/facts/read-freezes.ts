import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { FreezeWindow } from '../constructs/delivery.ts';
import { listFiles } from '../list-files.ts';

const saleSchema = z.looseObject({
  kind: z.literal('FlashSale'),
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({ startTime: z.iso.datetime({ offset: true }), endTime: z.iso.datetime({ offset: true }) }),
});

export interface FreezeOptions {
  /** @default 3600 */
  readonly beforeSeconds?: number;
  /** @default 3600 */
  readonly afterSeconds?: number;
}

/** The freeze windows of the FlashSales in a folder, by start; sales that are cancelled and other kinds are passed over. @throws Error when it is not there */
export function readFreezes(folder: string, options: FreezeOptions = {}): readonly FreezeWindow[] {
  const { beforeSeconds = 3600, afterSeconds = 3600 } = options;
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  return listFiles(folder)
    .filter(file => /\.ya?ml$/.test(file))
    .flatMap(file => parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')))
    .flatMap(document => {
      const sale = saleSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
      if (!sale.success || sale.data.spec.cancelled === true) return [];
      const { metadata, spec } = sale.data;
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
