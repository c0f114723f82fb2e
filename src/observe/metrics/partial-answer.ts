/** PromQL's remarks on the query itself, which do not mean that data is missing. */
const harmless = [/^PromQL (info|warning)\b/i, /^\d+ more (warning|info) annotations? omitted$/i];
/** Thanos' warning for a range that none of its stores holds; the empty answer is then whole. */
const nothingThere = /^No StoreAPIs matched for this query$/i;

interface PartialBody {
  readonly isPartial?: unknown;
  readonly partial?: unknown;
  readonly warnings?: unknown;
  readonly data?: { readonly isPartial?: unknown; readonly warnings?: unknown; readonly result?: unknown } | null;
}

/**
 * Returns why an answer is partial, in the store's words; undefined for a whole one. VictoriaMetrics sets `isPartial`;
 * Thanos, Cortex, promxy and remote reads send `warnings`; M3 sends a header.
 *
 * @see https://docs.victoriametrics.com/victoriametrics/cluster-victoriametrics/#cluster-availability
 * @see https://thanos.io/tip/components/query.md/#partial-response
 */
export function describePartial(status: number, headers: Headers, answer: unknown): string | undefined {
  const body = (answer ?? {}) as PartialBody;
  if (status === 206) return 'HTTP status 206, Partial Content';
  if ([body.isPartial, body.partial, body.data?.isPartial].some(flag => flag === true || flag === 'true'))
    return 'it is marked as partial';
  const limited = headers.get('m3-results-limited');
  if (limited !== null) return limited;
  const isEmpty = Array.isArray(body.data?.result) && body.data.result.length === 0;
  return [body.warnings, body.data?.warnings]
    .flat()
    .filter(warning => warning !== undefined && warning !== null && warning !== '')
    .map(warning => (typeof warning === 'string' ? warning : JSON.stringify(warning)))
    .find(warning => !isHarmless(warning) && !(isEmpty && nothingThere.test(warning)));
}

function isHarmless(warning: string): boolean {
  return harmless.some(pattern => pattern.test(warning));
}
