import { realpathSync } from 'node:fs';
import { z } from 'zod';
import { listFiles } from './list-files.ts';
import { type Manifest, readManifests } from './read-manifests.ts';
import { refuseDuplicates } from './refuse-duplicates.ts';

const generatedSchema = z.looseObject({
  metadata: z.looseObject({ generateName: z.string().min(1), name: z.null().optional() }),
});
/** What a generated name keeps of its beginning: the API server appends five characters. */
const longestBeginning = 248;

/**
 * The FlashSales of files and folders, each file once. One with `generateName` gets a name as the API server would give
 * it, with a number in the place of chance: `drop-` → `drop-00001`.
 *
 * @throws Error naming file and line, when there is none or one stands in two places
 */
export function readSales(places: readonly string[]): readonly Manifest[] {
  const files = places.flatMap(place => listFiles(place, ['.yaml', '.yml']));
  const once = new Map(files.toReversed().map(file => [realpathSync(file), file]));
  const sales = [...once.values()]
    .reverse()
    .flatMap(readManifests)
    .filter(({ kind }) => kind === 'FlashSale');
  if (sales.length === 0) throw new Error(`${places.join(', ')} has no FlashSale`);
  refuseDuplicates(sales);
  return sales.map(withName);
}

function withName(sale: Manifest, index: number): Manifest {
  const generated = generatedSchema.safeParse(sale.value);
  if (!generated.success) return sale;
  const { metadata } = generated.data;
  const name = `${metadata.generateName.slice(0, longestBeginning)}${String(index + 1).padStart(5, '0')}`;
  return { ...sale, value: { ...generated.data, metadata: { ...metadata, name } } };
}
