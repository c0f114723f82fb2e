import type { JsonAnswer, JsonRequest } from './read-json.ts';

/** Arguments by which Thanos and VictoriaMetrics refuse partial answers; other stores ignore them. */
const wholeOnly = { partial_response: 'false', deny_partial_response: '1' };
/** Arguments set by each query, which an address must not carry. */
const ownArguments = ['query', 'start', 'end', 'step', 'time'];
/** Statuses by which a proxy, a gateway or RBAC refuses a POST although it would accept a GET. */
const noPost = [403, 404, 405, 411, 415, 501];
const path = '/api/v1/query_range';

type Sent = Pick<JsonRequest, 'url' | 'headers' | 'body'>;

/** Request form (method and arguments) that one store accepts, learned from what it refuses. */
export interface AskForm {
  /**
   * Sends the arguments by `transport`; sends them again in another form when the store refuses the form and not the
   * query.
   */
  send(
    parameters: Readonly<Record<string, string>>,
    transport: (sent: Sent) => Promise<JsonAnswer>,
  ): Promise<JsonAnswer>;
}

/** Creates the form for `address`, whose own arguments are kept. */
export function createAskForm(address: string): AskForm {
  let method: 'POST' | 'GET' = 'POST';
  let asksForWhole = true;
  return {
    async send(parameters, transport) {
      const asked = method;
      const whole = asksForWhole;
      const sendAs = (as: 'POST' | 'GET', isWhole: boolean) =>
        transport(write(address, as, { ...parameters, ...(isWhole ? wholeOnly : {}) }));
      const answer = await sendAs(asked, whole);
      if (noPost.includes(answer.status)) {
        const other = asked === 'POST' ? 'GET' : 'POST';
        const again = await sendAs(other, whole);
        if (noPost.includes(again.status)) return answer;
        method = other;
        return again;
      }
      if (whole && isUnknownArgument(answer)) {
        const again = await sendAs(asked, false);
        if (again.status === 200) asksForWhole = false;
        return again;
      }
      return answer;
    },
  };
}

/** Returns why an address cannot be queried; undefined when it can. */
export function refuseAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  if (url.hash !== '') return `must not have a fragment (${url.hash}): no server would see it`;
  const own = ownArguments.find(name => url.searchParams.has(name));
  if (own !== undefined) return `must not have the argument ${own}: each question has its own`;
  return undefined;
}

function write(address: string, method: 'POST' | 'GET', parameters: Readonly<Record<string, string>>): Sent {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1(\/query(_range)?)?$/, '')}${path}`;
  for (const name of Object.keys(parameters)) url.searchParams.delete(name);
  if (method === 'GET') {
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url, headers: {} };
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url, headers, body: new URLSearchParams(parameters).toString() };
}

/** Returns true when Google's front ends refuse an unknown argument, which they name. */
function isUnknownArgument({ status, body }: JsonAnswer): boolean {
  return status === 400 && /partial_response/.test(JSON.stringify(body ?? ''));
}
