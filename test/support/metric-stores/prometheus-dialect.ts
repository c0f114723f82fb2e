import type { Dialect } from './metric-store.ts';

/** `query_range`: a sample at t belongs to the step that ends at t; values are strings. */
export const prometheusDialect: Dialect = {
  parse(body) {
    const form = new URLSearchParams(body);
    const stepMs = Number(form.get('step')) * 1000;
    return { start: Number(form.get('start')) * 1000 - stepMs, end: Number(form.get('end')) * 1000, stepMs };
  },
  answer({ start, end, stepMs }, demand, series) {
    const values: [number, string][] = [];
    for (let at = start; at < end; at += stepMs) {
      const value = demand(at);
      if (value !== null) values.push([(at + stepMs) / 1000, String(value)]);
    }
    return {
      status: 'success',
      data: { resultType: 'matrix', result: Array.from({ length: series }, () => ({ metric: {}, values })) },
    };
  },
  refuse: status => ({ status: 'error', errorType: 'bad_data', error: `refused with ${status}` }),
};
