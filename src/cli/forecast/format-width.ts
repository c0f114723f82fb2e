import type { Explanation, WidthPart } from '../../../forecasts/index.ts';
import { levelName } from '../../api/amounts/level-name.ts';
import { formatTable } from '../output/format-table.ts';

const reasons: Readonly<Record<WidthPart['kind'], string>> = {
  base: 'ordinary days differ from their forecasts',
  live: 'a running sale leaves its curve the more, the further ahead',
  prior: 'sales differ in general, and few of this shop are known',
  scatter: 'past sales differ from what the others would have said of them',
  surprise: 'the newest sales were further from their forecasts than the ones before',
  novelty: 'no past sale was like it',
  untold: 'a peak is stated, and past sales had none that could prove it',
  disagreement: 'the stated peak and past sales disagree',
};

/** What would make the band narrower, where something would. */
const mends: Readonly<Partial<Record<WidthPart['kind'], string>>> = {
  prior: 'past sales with their times, in --sales',
  novelty: 'a past sale of this kind, or similarTo',
  untold: 'what was stated of past sales',
  disagreement: 'a statement nearer to what past sales showed, or leave it out',
};

/** Least share of a width that is shown. */
const leastShare = 0.02;

/** Formats what makes the band of a step as wide as it is: a row a reason, with what would narrow it. */
export function formatWidth({ width, point, events }: Explanation): string {
  if (width === undefined || width.parts.length === 0 || !(point > 0)) return '';
  const rows = width.parts
    .filter(({ share }) => share >= leastShare)
    .map(({ kind, event, share }) => {
      const unseen = kind === 'novelty' ? (events.find(one => one.event === event)?.unseen ?? []) : [];
      const which = unseen.length === 0 ? '' : `: none ${unseen.join(', none ')}`;
      const of = events.length > 1 && event !== undefined ? `${event}: ` : '';
      return [`${Math.round(100 * share)} %`, `${of}${reasons[kind]}${which}`, mends[kind] ?? ''];
    });
  const head = `${levelName(width.level)} is ${(width.value / point).toFixed(2)} times the forecast`;
  return `\n${head}\n\n${formatTable([['OF ITS WIDTH', 'BECAUSE', 'NARROWER WITH'], ...rows])}`;
}
