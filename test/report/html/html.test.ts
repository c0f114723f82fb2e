import { afterAll, describe, expect, test } from 'vitest';
import { escapeText } from '../../../src/report/escape-text.ts';
import { html, rendered } from '../../../src/report/html/html.ts';
import { openPage } from '../../support/web/open-page.ts';
import { pageSourceWith } from '../../support/web/page-shop.ts';
import { xssPayloads } from '../../support/web/xss-payloads.ts';

test('text in a template is escaped, pieces of HTML are not, and nothing is left out for false', () => {
  const name = `<b title="x">&'`;
  expect(html`<p class="${name}">${name}${html`<i>${1}</i>`}${[rendered('<br>'), undefined, false]}</p>`.text).toBe(
    '<p class="&lt;b title=&quot;x&quot;&gt;&amp;&#39;">&lt;b title=&quot;x&quot;&gt;&amp;&#39;<i>1</i><br></p>',
  );
});

describe('what people write appears as text alone', async () => {
  let written = '';
  const source = pageSourceWith(() => written);
  const [namespace = ''] = source.namespaces();
  const page = await openPage(source);
  afterAll(() => page.close());
  const urls = ['/', '/services', '/operator', `/sales/${namespace}/drop`, `/services/${namespace}/gateway`];

  test.each(xssPayloads.map((payload, index) => [payload, index] as const))('%s', async (payload, index) => {
    // Each from an address of its own, since one may ask only so often.
    const remoteAddress = `127.0.${index >> 8}.${index & 255}`;
    written = payload;
    const asked = [
      ...urls,
      `/sales/${namespace}/drop?service=${encodeURIComponent(payload)}`,
      `/${encodeURIComponent(payload)}`,
    ];
    const bodies = await Promise.all(asked.map(async url => (await page.server.inject({ url, remoteAddress })).body));
    expect(bodies.filter(body => body.includes(escapeText(payload))).length).toBeGreaterThanOrEqual(4);
    if (/[<>"']/.test(payload)) expect(bodies.filter(body => body.includes(payload))).toEqual([]);
    for (const body of bodies)
      expect(body.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/assets/live.js">']);
  });
});
