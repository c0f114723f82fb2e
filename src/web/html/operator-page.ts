import { formatDuration } from '../../api/duration.ts';
import { formatNumber } from '../../report/format-number.ts';
import { html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import type { OperatorView } from '../views/operator-view.ts';

/** Renders what this replica knows of itself, its caches and its sources. */
export function operatorPage({ replica, caches, sources, channels }: OperatorView): Part {
  const { identity, leading, dryRun, restMs } = replica;
  return [
    html`<h1>Operator</h1>`,
    html`<dl class="cards">
<div class="card"><dt>Replica</dt><dd class="text">${identity}</dd></div>
<div class="card"><dt>Leads</dt><dd>${leading ? 'yes' : 'no'}</dd></div>
<div class="card"><dt>Writes</dt><dd>${dryRun ? 'nothing (dry run)' : restMs > 0 ? `rest ${formatDuration(restMs / 1000)}` : leading ? 'yes' : 'the leader does'}</dd></div>
</dl>`,
    leading
      ? undefined
      : html`<p class="notice">Another replica leads: what its newest reconcile saw is not shown here.</p>`,
    sources.length === 0
      ? html`<p class="empty">The settings have no metric source.</p>`
      : table({
          caption: 'Metric sources',
          head: ['Source', 'Services', 'Oldest newest sample', 'Late by', 'Failures'],
          numbers: [1, 2, 3],
          sentences: [4],
          rows: sources.map(one => [
            one.source,
            formatNumber(one.services),
            one.oldestSeconds === undefined ? '–' : formatDuration(one.oldestSeconds),
            one.latenessSeconds === undefined ? 'not measured' : formatDuration(one.latenessSeconds),
            one.failures.length === 0 ? 'none' : one.failures.join(' '),
          ]),
        }),
    channels.length === 0
      ? undefined
      : table({
          caption: 'Channels of notices',
          head: ['Channel', 'Type', 'Waiting', 'Newest failure'],
          numbers: [2],
          sentences: [3],
          rows: channels.map(one => [one.name, one.type, formatNumber(one.waiting), one.failure ?? 'none']),
        }),
    table({
      caption: 'Caches',
      head: ['Kind', 'Namespace', 'Objects', 'Age', 'State'],
      numbers: [2, 3],
      sentences: [4],
      rows: caches.map(({ kind, namespace, objects, ageSeconds, isSynced, lastFailure }) => [
        kind,
        namespace ?? 'all',
        formatNumber(objects),
        formatDuration(ageSeconds),
        `${isSynced ? 'filled' : 'not read yet'}${lastFailure === undefined ? '' : `: ${lastFailure}`}`,
      ]),
    }),
  ];
}
