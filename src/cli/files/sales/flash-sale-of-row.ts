import { ParseError } from '../../../api/faults/parse-error.ts';
import { parseFlashSale } from '../../../api/flash-sale.ts';
import { apiVersion } from '../../../api/group.ts';
import { formatOffset } from '../../../api/instant.ts';
import type { SheetSale } from './read-sale-sheet.ts';

const longestName = 40;
const letters = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ß', 'ss'],
]);

/** A manifest of a FlashSale, with the fields that its row states. */
export interface FlashSaleManifest {
  readonly apiVersion: string;
  readonly kind: 'FlashSale';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * Makes the FlashSales of a sheet's rows, in their order. A sale is named after its title and its day, because a title
 * such as "Friday deal" comes again.
 *
 * @throws Error naming file and line when a row is no sale
 */
export function flashSalesOfRows(
  rows: readonly SheetSale[],
  namespace: string | undefined,
): readonly FlashSaleManifest[] {
  const taken = new Set<string>();
  return rows.map(row => {
    const day = formatLocal(row.start, row.timeZone ?? 'UTC').slice(0, 10);
    const wanted = `${nameOf(row.name ?? 'sale')}-${day}`;
    const more = Array.from({ length: taken.size }, (_, i) => `${wanted}-${i + 2}`);
    const name = [wanted, ...more].find(each => !taken.has(each)) ?? wanted;
    taken.add(name);
    return flashSaleOf(row, { name, ...(namespace === undefined ? {} : { namespace }) });
  });
}

function flashSaleOf(row: SheetSale, metadata: FlashSaleManifest['metadata']): FlashSaleManifest {
  const { name: _title, start, end, timeZone, where, ...fields } = row;
  const zone = timeZone ?? 'UTC';
  const spec = {
    startTime: formatLocal(start, zone),
    endTime: formatLocal(end, zone),
    ...(zone === 'UTC' ? {} : { timeZone: zone }),
    ...fields,
  };
  try {
    const manifest = { apiVersion, kind: 'FlashSale', metadata, spec } as const;
    parseFlashSale(manifest);
    return manifest;
  } catch (error) {
    if (error instanceof ParseError) throw new Error(`${where}: ${error.message}`, { cause: error });
    throw error;
  }
}

function nameOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[äöüß]/g, letter => letters.get(letter) ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'sale' : plain;
}

/** Formats an instant with the offset that clocks of a zone have then: `2026-11-27T20:00:00+01:00`. */
function formatLocal(epochMs: number, timeZone: string): string {
  if (timeZone === 'UTC') return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const offset = formatOffset(epochMs, timeZone);
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(epochMs);
  return `${wall.replace(' ', 'T')}${offset}`;
}
