import type { Body } from './driver.ts';

/** One request of a history; all of them are about the same widget. */
export interface Step {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';
  readonly subresource?: 'status' | 'scale';
  readonly contentType?: string;
  readonly query?: string;
  /** What is sent; for PUT, what is laid over the object as it was last seen. */
  readonly body?: Body;
}

/**
 * A made-up life of one widget: creates, patches, applies by three managers, writes of status and scale, some of them
 * wrong. The same seed gives the same history.
 */
export function makeHistory(seed: number, length: number): readonly Step[] {
  const random = mulberry32(seed);
  return Array.from({ length }, (_, index) => (index === 0 ? createStep(random) : anyStep(random)));
}

type Random = () => number;

const managers = ['gitops', 'headstart', 'editor'];
const apply = 'application/apply-patch+yaml';
const merge = 'application/merge-patch+json';

function anyStep(random: Random): Step {
  const manager = pick(random, managers);
  const force = random() < 0.4 ? '&force=true' : '';
  const dryRun = random() < 0.05 ? '&dryRun=All' : '';
  const query = `fieldManager=${manager}${dryRun}`;
  const roll = random();
  if (roll < 0.4) return { method: 'PATCH', contentType: apply, query: `${query}${force}`, body: makeConfig(random) };
  if (roll < 0.65) return { method: 'PATCH', contentType: merge, query, body: makePatch(random) };
  if (roll < 0.72) return { method: 'PUT', query, body: makeConfig(random) };
  if (roll < 0.8)
    return { method: 'PATCH', subresource: 'status', contentType: merge, query, body: makeStatus(random) };
  if (roll < 0.87) {
    return {
      method: 'PATCH',
      subresource: 'status',
      contentType: apply,
      query: `${query}${force}`,
      body: makeStatus(random),
    };
  }
  if (roll < 0.93) return scaleStep(random, query);
  if (roll < 0.96) return { method: 'DELETE' };
  return createStep(random);
}

function createStep(random: Random): Step {
  return { method: 'POST', query: `fieldManager=${pick(random, managers)}`, body: makeConfig(random) };
}

function scaleStep(random: Random, query: string): Step {
  const body = { spec: { replicas: random() < 0.1 ? -1 : 6 + Math.floor(random() * 900) } };
  return { method: 'PATCH', subresource: 'scale', contentType: merge, query, body };
}

/** Some of the fields a widget has, seldom one it has not. */
function makeConfig(random: Random): Body {
  const spec: Body = {};
  for (const [field, make] of Object.entries(fields)) if (random() < 0.25) spec[field] = make(random);
  if (random() < 0.03) spec.color = 'unknown';
  const metadata: Body = {};
  if (random() < 0.3)
    metadata.labels = { team: pick(random, ['a', 'b']), ...someOf(random, { tier: 'web', old: 'x' }) };
  if (random() < 0.3) metadata.annotations = { 'headstart.dev/floor': String(Math.floor(random() * 3)) };
  if (random() < 0.1) metadata.finalizers = ['contract.headstart.dev/hold'];
  return { metadata, ...(random() < 0.9 ? { spec } : {}) };
}

/** As a configuration, with nulls among its fields. */
function makePatch(random: Random): Body {
  const { metadata, spec = {} } = makeConfig(random);
  for (const field of Object.keys(fields)) if (random() < 0.08) spec[field] = null;
  if (random() < 0.15) metadata.finalizers = null;
  return { metadata, spec };
}

function makeStatus(random: Random): Body {
  const conditions = ['Ready', 'Stalled']
    .filter(() => random() < 0.5)
    .map(type => ({ type, status: pick(random, ['True', 'False']), ...(random() < 0.3 ? { reason: 'Because' } : {}) }));
  const status: Body = {
    ...(random() < 0.5 ? { message: pick(random, ['well', 'ill', 'far too long to be stored']) } : {}),
  };
  if (random() < 0.7) status.conditions = conditions;
  if (random() < 0.2) status.replicas = Math.floor(random() * 5);
  return { status, ...(random() < 0.2 ? { spec: { title: 'ignored' } } : {}) };
}

const fields: Readonly<Record<string, (random: Random) => unknown>> = {
  replicas: random => pick(random, [1, 2, 5, 5, 1001, 'many']),
  colour: random => pick(random, ['red', 'green', 'blue', 'blue', 'pink']),
  title: random => pick(random, ['ab', 'abc', 'abcd', 'much-too-long', 'A']),
  enabled: random => random() < 0.5,
  size: random => pick(random, [1, '50%']),
  nothing: random => pick(random, ['thing', null]),
  parts: random =>
    ['a', 'b', 'c', 'd']
      .filter(() => random() < 0.45)
      .sort(() => random() - 0.5)
      .map(name => ({
        name,
        ...(random() < 0.5 ? { weight: Math.floor(random() * 3) } : {}),
        ...(random() < 0.2 ? { unit: 'lb' } : {}),
      })),
  tags: random => ['x', 'y', 'z'].filter(() => random() < 0.5).sort(() => random() - 0.5),
  steps: random => pick(random, [[], ['one'], ['one', 'two']]),
  limits: random => someOf(random, { a: Math.floor(random() * 3), b: 2, c: -1 * Number(random() < 0.1) }),
  whole: random => someOf(random, { a: '1', b: pick(random, ['2', '3']) }),
  free: random => pick(random, [{}, { any: { thing: 1 } }, { any: { other: [1] }, more: null }]),
  nested: random => pick(random, [{ kind: 'a' }, { kind: 'b', retries: 1 }, { retries: 2 }, {}]),
};

function someOf(random: Random, object: Body): Body {
  return Object.fromEntries(Object.entries(object).filter(() => random() < 0.6));
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** Numbers in [0, 1). @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
