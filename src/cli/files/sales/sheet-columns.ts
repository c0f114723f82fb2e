/** What a column of a sheet of sales holds. */
export type SheetField =
  | 'name'
  | 'date'
  | 'start'
  | 'end'
  | 'clock'
  | 'duration'
  | 'peak'
  | 'discount'
  | 'audience'
  | 'saleType'
  | 'stock'
  | 'timeZone';

const names: readonly (readonly [SheetField, RegExp])[] = [
  ['timeZone', /time ?zone|^zone$|zeitzone|^tz$/],
  ['start', /^(?:start|begin|beginn|from|von|startet)|^ab$|start(?:time|zeit)?$/],
  ['end', /^(?:ends?|ende|until|to|till|bis|stops?)(?:$|[^a-z])|^end(?:time|zeit|date|datum)|^endet/],
  ['date', /^(?:date|datum|day|tag)$/],
  ['clock', /^(?:times?|hours?|uhrzeit|uhrzeiten|zeit|zeiten|zeitraum)$/],
  ['duration', /duration|dauer|^length|länge/],
  ['peak', /peak|spitze|multipl|ratio|faktor|factor/],
  ['discount', /discount|rabatt|nachlass|off/],
  ['audience', /audience|reach|recipients|empfänger|reichweite/],
  ['saleType', /^(?:sale ?type|type|kind|art|typ)$/],
  ['stock', /stock|units|bestand|stück/],
  ['name', /name|title|titel|sale|aktion|campaign|kampagne|event/],
];

/** Finds the field that a column's header means, in English or German; undefined for other columns. */
export function fieldOfHeader(header: string): SheetField | undefined {
  const words = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[([].*$/, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  return names.find(([, meant]) => meant.test(words))?.[0];
}
