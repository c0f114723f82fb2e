import { readable } from '../../observe/namespace-objects.ts';
import { type ReviewForm, renderReview, reviewForms } from '../../report/review/render-review.ts';
import { reviewedSale } from '../../report/review/reviewed-sale.ts';
import { calendarPage } from '../html/calendar-page.ts';
import { operatorPage } from '../html/operator-page.ts';
import { reportPage } from '../html/report-page.ts';
import { salePage } from '../html/sale-page.ts';
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
  const { shared } = context;
  guarded('/', async visit => {
    const source = await visit.source();
    const content = [shared.of(source, '/', () => calendarPage(calendarView(source, source.namespaces())))];
    return sendPage(context, visit, { title: 'Sales', current: '/', content });
  });
  guarded('/services', async visit => {
    const source = await visit.source();
    const content = [
      shared.of(source, '/services', () => servicesPage(servicesView(source, source.namespaces()).services)),
    ];
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
    const look = () => found(saleView(source, { namespace, name }, drawn), name);
    if (visit.viewer.kind !== 'Token') {
      const key = `/sales/${namespace}/${name}?${drawn.service ?? ''}`;
      const content = [shared.of(source, key, () => salePage(look(), { csrf: undefined }))];
      return sendPage(context, visit, { title: name, current: '/', content });
    }
    const view = look();
    const mayApprove =
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
    const key = `/services/${namespace}/${name}`;
    const content = [shared.of(source, key, () => servicePage(found(serviceView(source, namespace, name), name)))];
    return sendPage(context, visit, { title: name, current: '/services', content });
  });
  guarded('/reports/:namespace/:file', async visit => {
    const { namespace, file } = visit.request.params as { readonly namespace: string; readonly file: string };
    const source = await sourceOf(context, visit.viewer, { namespace, resource: 'flashsales' });
    const { name, format } = splitFile(file);
    const view = found(saleView(source, { namespace, name }), name);
    const plan = readable(source.read(namespace).salePlans).find(({ metadata }) => metadata.name === view.salePlan);
    const reviewed = plan && reviewedSale(plan);
    if (format === 'page') {
      const content = [reportPage(view, reviewed)];
      return sendPage(context, visit, { title: `${view.sale}: report`, current: '/', content });
    }
    if (reviewed === undefined)
      throw new PageError(404, `${name} has no report yet: it is written once the sale is over and restored.`);
    return visit.reply.type(`${mediaTypes[format]}; charset=utf-8`).send(renderReview(reviewed, format));
  });
}

const mediaTypes = { md: 'text/markdown', json: 'application/json', html: 'text/html' };

/** Splits `name.md` into the name of a SalePlan and the form; names may have dots. */
function splitFile(file: string): { readonly name: string; readonly format: 'page' | ReviewForm } {
  const format = reviewForms.find(one => file.endsWith(`.${one}`));
  return format === undefined ? { name: file, format: 'page' } : { name: file.slice(0, -format.length - 1), format };
}
