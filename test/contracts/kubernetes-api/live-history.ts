import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer } from './connection.ts';
import type { ApiDriver, Body } from './driver.ts';
import type { Step } from './histories.ts';

/** What was asked, and what a server answered, without what differs between any two servers. */
export interface Answered {
  readonly step: Step;
  readonly answer: Body;
}

interface LiveOptions {
  /** Whether each step is taken in a second of its own, so that times in managedFields can be told as steps. @default false */
  readonly timed?: boolean;
}

/** Lives a history on one server. */
export async function liveHistory(
  api: ApiDriver,
  history: readonly Step[],
  { timed = false }: LiveOptions = {},
): Promise<readonly Answered[]> {
  const name = api.name();
  const seen = new Seen(api, name, timed);
  const answered: Answered[] = [];
  for (const step of history) {
    if (timed) await seen.untilNextSecond();
    const answer = await api.send(step.method === 'POST' ? 'POST' : step.method, pathOf(api, name, step), {
      ...(step.contentType === undefined ? {} : { contentType: step.contentType }),
      ...(step.body === undefined ? {} : { body: bodyOf(api, name, step, seen.object) }),
    });
    answered.push({ step, answer: seen.look(answer) });
  }
  return answered;
}

function pathOf({ widgets }: ApiDriver, name: string, { method, subresource, query = '' }: Step): string {
  if (method === 'POST') return `${widgets.path}?${query}`;
  return `${widgets.path}/${name}${subresource === undefined ? '' : `/${subresource}`}?${query}`;
}

function bodyOf({ widgets }: ApiDriver, name: string, step: Step, object: Body | undefined): Body {
  const { apiVersion, kind } = widgets;
  const { body = {}, method, contentType = '' } = step;
  if (step.subresource === 'scale' || contentType.includes('merge')) return body;
  const { resourceVersion } = method === 'PUT' ? (object?.metadata ?? {}) : {};
  return { apiVersion, kind, ...body, metadata: { name, ...body.metadata, resourceVersion } };
}

/** Turns answers into what can be compared: identities by the order in which they were met. */
class Seen {
  object: Body | undefined;
  readonly #uids = new Map<string, string>();
  readonly #secrets: readonly (readonly [string, string])[];
  /** Epoch seconds in which each step began and was answered; empty where times are not told. */
  readonly #steps: { readonly from: number; to: number }[] = [];
  readonly #timed: boolean;

  constructor(api: ApiDriver, name: string, timed: boolean) {
    this.#timed = timed;
    this.#secrets = [
      [api.group, 'GROUP'],
      [api.namespace, 'NAMESPACE'],
      [name, 'NAME'],
    ];
  }

  async untilNextSecond(): Promise<void> {
    await sleep(1000 - (Date.now() % 1000) + 200);
    const from = Math.floor(Date.now() / 1000);
    this.#steps.push({ from, to: from });
  }

  look({ status, body, warnings }: ApiAnswer): Body {
    const step = this.#steps.at(-1);
    if (step !== undefined) step.to = Math.floor(Date.now() / 1000);
    // Which of several faults is told first is chance there.
    if (status === 500) return { status };
    const before = this.object?.metadata.resourceVersion;
    if (body.kind === 'Widget') this.object = body;
    const after = body.metadata?.resourceVersion;
    const written = after === undefined ? 'none' : after === before ? 'same' : 'new';
    return { status, written, warnings, body: this.#plain(sortCauses(sortOwners(body))) };
  }

  #plain(body: Body): unknown {
    let text = JSON.stringify(body, (key, value) => {
      if (key === 'resourceVersion') return 'RV';
      if (key === 'uid') return this.#uid(value);
      if (key === 'time' && this.#timed) return this.#stepOf(Date.parse(value) / 1000);
      return /Timestamp$|^time$/i.test(key) ? 'TIME' : value;
    });
    for (const [secret, word] of this.#secrets) text = text.replaceAll(secret, word);
    return sortKeys(JSON.parse(text));
  }

  #stepOf(second: number): string {
    return `STEP-${this.#steps.findIndex(({ from, to }) => from <= second && second <= to) + 1}`;
  }

  #uid(uid: string): string {
    const known = this.#uids.get(uid) ?? `UID-${this.#uids.size + 1}`;
    this.#uids.set(uid, known);
    return known;
  }
}

/** managedFields are sorted by time, which two servers need not share to the second. */
function sortOwners(body: Body): Body {
  const { managedFields } = body.metadata ?? {};
  if (managedFields === undefined) return body;
  const sorted = [...managedFields].sort((a: Body, b: Body) => (ownerKey(a) < ownerKey(b) ? -1 : 1));
  return { ...body, metadata: { ...body.metadata, managedFields: sorted } };
}

/** The order of faults is chance on the real server, and the message tells them in that order. */
function sortCauses(body: Body): Body {
  const causes: readonly Body[] = body.details?.causes ?? [];
  if (causes.length < 2) return body;
  const sorted = [...causes].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { ...body, message: '', details: { ...body.details, causes: sorted } };
}

function ownerKey({ manager, operation, subresource }: Body): string {
  return `${manager} ${operation} ${subresource}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}
