import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DocumentOptions, type ParseOptions, parseAllDocuments, type SchemaOptions } from 'yaml';
import { z } from 'zod';
import { listManifestFiles } from '../list-manifest-files.ts';
import type { FreezeWindow } from './freeze-window.ts';

const saleSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({ startTime: z.iso.datetime({ offset: true }), endTime: z.iso.datetime({ offset: true }) }),
});

export interface FreezeOptions {
  /** Seconds before the start of a sale. @default 3600 */
  readonly beforeSeconds?: number;
  /** Seconds after its end. @default 3600 */
  readonly afterSeconds?: number;
}

/**
 * Reads the freeze windows of the FlashSales in a folder, sorted by start; ignores cancelled sales and other kinds.
 *
 * @throws Error when the folder does not exist, or a sale in it cannot be parsed
 */
export function readFreezes(folder: string, options: FreezeOptions = {}): readonly FreezeWindow[] {
  const { beforeSeconds = 3600, afterSeconds = 3600 } = options;
  if (!existsSync(folder)) throw new Error(`${folder} does not exist`);
  return listManifestFiles(folder)
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

/** YAML 1.1, in which `cancelled: yes` is true, but a time stays text: as kubectl and the operator's commands read a sale. */
const asKubernetesReads: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: tags => tags.filter(tag => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp'),
};

/** The FlashSales of a file. A sale that cannot be parsed is an error, since it would lack its freeze window. */
function salesOf(file: string): readonly z.infer<typeof saleSchema>[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), asKubernetesReads).flatMap(document => {
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
