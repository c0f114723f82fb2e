import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A counter as a project publishes it, and how fast it grows; a gauge likewise, and its value. */
export interface LabelledCounter {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Increase per second at an instant (epoch ms). */
  readonly perSecond: (at: number) => number;
}

/**
 * Serves `query_range` of counters by their labels, for queries as `sum(rate(name{label="value",other=~"pattern"}[2m]))`,
 * and gauges for the same without a rate; refuses other ones.
 */
export async function startLabelledPrometheus(counters: readonly LabelledCounter[]) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += String(chunk);
    });
    request.on('end', () => {
      const asked = new URLSearchParams(body === '' ? new URL(request.url ?? '', 'http://store').search : body);
      const answer = answerRange(counters, asked);
      response.writeHead('error' in answer ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerRange(counters: readonly LabelledCounter[], asked: URLSearchParams) {
  const query = asked.get('query') ?? '';
  const [, name, selector] = /^sum\((?:rate\()?(\w+)\{(.*?)\}(?:\[\d+m\]\))?\)$/.exec(query) ?? [];
  if (name === undefined || selector === undefined)
    return { status: 'error', errorType: 'bad_data', error: `not served here: ${query}` };
  const matchers = [...selector.matchAll(/(\w+)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"/g)].map(
    ([, label = '', sign = '', text = '']) => ({ label, matches: matcherOf(sign, text.replaceAll('\\\\', '\\')) }),
  );
  const found = counters.filter(
    counter => counter.name === name && matchers.every(({ label, matches }) => matches(counter.labels[label] ?? '')),
  );
  const [start, end, step] = ['start', 'end', 'step'].map(key => timeOf(asked.get(key) ?? ''));
  const values: [number, string][] = [];
  for (let at = start ?? 0; found.length > 0 && at <= (end ?? 0); at += step ?? 60)
    values.push([at, String(found.reduce((sum, { perSecond }) => sum + perSecond(at * 1000), 0))]);
  return {
    status: 'success',
    data: { resultType: 'matrix', result: values.length === 0 ? [] : [{ metric: {}, values }] },
  };
}

function matcherOf(sign: string, text: string): (value: string) => boolean {
  const whole = new RegExp(`^(?:${text})$`);
  if (sign === '=') return value => value === text;
  if (sign === '!=') return value => value !== text;
  return value => whole.test(value) === (sign === '=~');
}

/** Seconds, of a number of seconds, a time of RFC 3339 or a span such as `60s`. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?s?$/.test(text) ? Number.parseFloat(text) : Date.parse(text) / 1000;
}
