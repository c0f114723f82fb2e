import { readable } from '../../observe/namespace-objects.ts';
import { calendarPage } from '../html/calendar-page.ts';
import { operatorPage } from '../html/operator-page.ts';
import { reportMarkdown, reportPage } from '../html/report-page.ts';
import { salePage } from '../html/sale-page.ts';
import { selfContained } from '../html/self-contained.ts';
import { servicePage, servicesPage } from '../html/services-page.ts';
import { calendarView } from '../views/calendar-view.ts';
import { operatorView } from '../views/operator-view.ts';
import { saleView } from '../views/sale-view.ts';
import { servicesView, serviceView } from '../views/service-view.ts';
import { type Named, PageError, sendPage, sourceOf } from './guard.ts';
import { found, type Guarded } from './json-routes.ts';
import type { PageContext } from './page-context.ts';

/** Registers the views as HTML that needs no script. */
export function registerPages(context: PageContext, guarded: Guarded): void {
  guarded('/', async visit => {
    const source = await visit.source();
    const content = [calendarPage(calendarView(source, source.namespaces()))];
    return sendPage(context, visit, { title: 'Sales', current: '/', content });
  });
  guarded('/services', async visit => {
    const source = await visit.source();
    const content = [servicesPage(servicesView(source, source.namespaces()).services)];
    return sendPage(context, visit, { title: 'Services', current: '/services', content });
  });
  guarded('/operator', async visit => {
    const source = await visit.source();
    const content = [operatorPage(operatorView(source, source.namespaces()))];
    return sendPage(context, visit, { title: 'Operator', current: '/operator', content });
  });
  guarded('/sales/:namespace/:name', async visit => {
    const { namespace, name } = visit.request.params as Named;
    const source = await sourceOf(context, visit.viewer, { namespace, resource: 'flashsales' });
    const { service } = visit.request.query as { readonly service?: string | readonly string[] };
    const drawn = { service: typeof service === 'string' ? service : undefined };
    const view = found(saleView(source, { namespace, name }, drawn), name);
    const mayApprove =
      visit.viewer.kind === 'Token' &&
      view.salePlan !== undefined &&
      (await context.reviews.may(visit.viewer, {
        verb: 'approve',
        resource: 'saleplans',
        namespace,
        name: view.salePlan,
      }));
    const actions = { csrf: mayApprove ? visit.reply.generateCsrf() : undefined };
    return sendPage(context, visit, { title: view.sale, current: '/', content: [salePage(view, actions)] });
  });
  guarded('/services/:namespace/:name', async visit => {
    const { namespace, name } = visit.request.params as Named;
    const source = await sourceOf(context, visit.viewer, { namespace, resource: 'scalingtargets' });
    const content = [servicePage(found(serviceView(source, namespace, name), name))];
    return sendPage(context, visit, { title: name, current: '/services', content });
  });
  guarded('/reports/:namespace/:file', async visit => {
    const { namespace, file } = visit.request.params as { readonly namespace: string; readonly file: string };
    const source = await sourceOf(context, visit.viewer, { namespace, resource: 'flashsales' });
    const { name, format } = splitFile(file);
    const view = found(saleView(source, { namespace, name }), name);
    if (format === 'page')
      return sendPage(context, visit, { title: `${view.sale}: report`, current: '/', content: [reportPage(view)] });
    if (view.review === undefined)
      throw new PageError(404, `${name} has no report yet: it is written once the sale is over and restored.`);
    if (format === 'json') return visit.reply.send(view.review);
    if (format === 'html')
      return visit.reply.type('text/html; charset=utf-8').send(selfContained(`${view.sale}: report`, reportPage(view)));
    const plan = readable(source.read(namespace).salePlans).find(({ metadata }) => metadata.name === view.salePlan);
    return visit.reply
      .type('text/markdown; charset=utf-8')
      .send(reportMarkdown(view, plan === undefined ? '' : context.formatReport(plan)));
  });
}

/** Splits `name.md` into the name of a SalePlan and the format; names may have dots. */
function splitFile(file: string): { readonly name: string; readonly format: 'page' | 'md' | 'json' | 'html' } {
  const format = (['md', 'json', 'html'] as const).find(one => file.endsWith(`.${one}`));
  return format === undefined ? { name: file, format: 'page' } : { name: file.slice(0, -format.length - 1), format };
}
