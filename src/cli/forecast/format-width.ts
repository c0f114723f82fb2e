import { type Explanation, widthMends, widthReasons } from '../../../forecasts/index.ts';
import { levelName } from '../../api/amounts/level-name.ts';
import { formatTable } from '../output/format-table.ts';

/** What would make the range narrower, in the words of this command. */
const mends: typeof widthMends = { ...widthMends, prior: `${widthMends.prior}, in --sales` };

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
      return [`${Math.round(100 * share)} %`, `${of}${widthReasons[kind]}${which}`, mends[kind] ?? ''];
    });
  const head = `${levelName(width.level)} is ${(width.value / point).toFixed(2)} times the forecast`;
  return `\n${head}\n\n${formatTable([['OF ITS WIDTH', 'BECAUSE', 'NARROWER WITH'], ...rows])}`;
}
