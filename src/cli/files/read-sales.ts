import { realpathSync } from 'node:fs';
import { z } from 'zod';
import type { FlashSale } from '../../api/flash-sale.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { meantKind } from '../../manifests/our-kind.ts';
import { flashSalesOf } from '../../manifests/our-objects.ts';
import { listFiles } from './list-files.ts';
import { ourFaults, readManifests, standardInput } from './read-manifests.ts';
import { refuseDuplicates } from './refuse-duplicates.ts';

const generatedSchema = z.looseObject({
  metadata: z.looseObject({ generateName: z.string().min(1), name: z.null().optional() }),
});
/** Longest prefix in characters kept in a generated name: the API server appends five characters. */
const longestBeginning = 248;

/** A FlashSale and the manifest it was read from. */
export interface SaleManifest {
  readonly object: ManifestObject;
  readonly sale: FlashSale;
}

/**
 * Reads the FlashSales of files and folders, each file once, and of standard input for `-`. A sale with `generateName` gets a name like the API
 * server's, with a number instead of random characters: `drop-` → `drop-00001`.
 *
 * @throws Error naming file, line and column of everything invalid, when there is no sale or one is in two places
 */
export function readSales(places: readonly string[]): readonly SaleManifest[] {
  const files = places.flatMap(place =>
    place === standardInput ? [place] : listFiles(place, ['.yaml', '.yml', '.json']),
  );
  const once = new Map(files.toReversed().map(file => [file === standardInput ? file : realpathSync(file), file]));
  const sales = readManifests([...once.values()].reverse())
    .filter(object => meantKind(object)?.kind === 'FlashSale')
    .map(withName);
  const told = ourFaults(sales, ['FlashSale']);
  if (told.length > 0) throw new Error(told.join('\n'));
  if (sales.length === 0) throw new Error(`${places.join(', ')} has no FlashSale`);
  refuseDuplicates(sales);
  return flashSalesOf(sales);
}

function withName(sale: ManifestObject, index: number): ManifestObject {
  const generated = generatedSchema.safeParse(sale.value);
  if (!generated.success) return sale;
  const { metadata } = generated.data;
  const name = `${metadata.generateName.slice(0, longestBeginning)}${String(index + 1).padStart(5, '0')}`;
  return { ...sale, name, value: { ...generated.data, metadata: { ...metadata, name } } };
}
