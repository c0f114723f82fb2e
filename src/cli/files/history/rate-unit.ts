import { ownValue } from '../../../api/names/own-value.ts';

/** The unit that the name of a value's column states. */
export type RateUnit =
  /** Values times `factor` are requests per second; `words` names the unit: "requests per minute". */
  | { readonly kind: 'Rate'; readonly factor: number; readonly words: string }
  /** A count of requests over an unknown time. */
  | { readonly kind: 'Count' }
  /** Another quantity than requests over a time. */
  | { readonly kind: 'Other' }
  /** The name does not state a unit. */
  | { readonly kind: 'None' };

const secondsOf: Readonly<Record<string, readonly [seconds: number, word: string]>> = {
  ms: [0.001, 'millisecond'],
  millisecond: [0.001, 'millisecond'],
  s: [1, 'second'],
  sec: [1, 'second'],
  second: [1, 'second'],
  sekunde: [1, 'second'],
  seconde: [1, 'second'],
  secondo: [1, 'second'],
  segundo: [1, 'second'],
  m: [60, 'minute'],
  min: [60, 'minute'],
  minute: [60, 'minute'],
  minuto: [60, 'minute'],
  h: [3600, 'hour'],
  hr: [3600, 'hour'],
  hour: [3600, 'hour'],
  stunde: [3600, 'hour'],
  heure: [3600, 'hour'],
  hora: [3600, 'hour'],
  ora: [3600, 'hour'],
  d: [86_400, 'day'],
  day: [86_400, 'day'],
  tag: [86_400, 'day'],
  week: [604_800, 'week'],
  woche: [604_800, 'week'],
};
const abbreviation = /(?:^| )(k|m)?[rqthc]p([smhd]|sec|min|hr|hour|day)(?: |$)/;
const perTime = /(?:^| )(per|pro|je|par|por|al|an?|\/) (\d+)? ?([a-z]+)/;
const perSecond = /(?:^| )i?rate(?: |$)/;
const adverb = /(?:^| )(secondly|minutely|hourly|daily|weekly)(?: |$)/;
const thousands = /(?:^| )(?:k|kilo|thousands?|tsd|in 1000)(?: |$)|(?:^| )k(?:req|requests?)(?: |$)/;
const millions = /(?:^| )(?:millions?|mio|mn)(?: |$)/;
const other =
  /(?:^| )(?:bytes?|kb|mb|gb|kib|mib|gib|bits?|cpus?|cores?|millicores?|memory|ram|latency|duration|percent|pct|utili[sz]ation|queue|lag|depth|connections|replicas|pods)(?: |$)|%/;
const nouns =
  'counts?|cnt|total|sum|requests?|reqs?|rqs?|hits|visits?|views|calls|orders|events|queries|anfragen|aufrufe|requetes';
const counts = new RegExp(`(?:^| )(?:${nouns})(?: |$)`);
/** A count and its time side by side: `rq_1m`, `sum_1h`, `requests_minute`, `5min hits`. */
const countOverTime = [
  new RegExp(`(?:^| )(?:${nouns}) (?:(\\d+) ?([a-z]+)|(min|minute|hour|hr|day)s?)(?: |$)`),
  new RegExp(`(?:^| )(?:(\\d+) ?([a-z]+)|(min|minute|hour|hr|day)) (?:${nouns})(?: |$)`),
];
/** People and moments of waiting, which no rate is made of. */
const unlike = /(?:^| )(?:users?|sessions?|visitors?|customers?|p\d\d|ms|millis|milliseconds?)(?: |$)/;
/** An expression such as `rate(…) * 60`. */
const multiplied = /rate\(.*\* *(60|3600)$/;
/** A unit with a negative exponent: `req s-1`, `min⁻¹`. */
const inverse = /(?<![a-z])(s|sec|min|h)\s*\^?\s*[-\u2212]\s*1(?!\d)/g;

/**
 * Parses the unit in the name of a column: `requests_per_minute`, `rpm`, `req/5min`, `krps`, `hourlyRequests`.
 * `requests` alone is a count, `cpu_percent` is another quantity, `value` states no unit.
 */
export function rateUnitOf(column: string): RateUnit {
  const words = wordsOf(column);
  const [, seconds] = multiplied.exec(column.trim()) ?? [];
  if (seconds !== undefined) return rate({ unit: seconds === '60' ? 'min' : 'h', scale: 1 });
  if (other.test(words)) return { kind: 'Other' };
  const short = abbreviation.exec(words);
  if (short !== null) return rate({ unit: short[2] ?? '', scale: { k: 1000, m: 1e6 }[short[1] ?? ''] ?? 1 });
  const scale = thousands.test(words) ? 1000 : millions.test(words) ? 1e6 : 1;
  const often = adverb.exec(words);
  if (often !== null) return rate({ unit: (often[1] ?? '').replace(/ly$/, '').replace('dai', 'day'), scale });
  const per = perTime.exec(words);
  const [, preposition = '', every = '1', unit = ''] = per ?? [];
  if (isTime(unit) || /^(per|pro|je)$/.test(preposition)) return rate({ unit, scale, every: Number(every) });
  if (perSecond.test(words)) return { kind: 'None' };
  return countIn(words, scale);
}

/** Finds a count in words without "per", and the time that stands beside it. */
function countIn(words: string, scale: number): RateUnit {
  const beside = countOverTime.map(each => each.exec(words)).find(each => each !== null);
  const [, every = '1', numbered, long] = beside ?? [];
  const unit = numbered ?? long ?? '';
  if (isTime(unit)) return rate({ unit, scale, every: Number(every) });
  if (scale !== 1 || counts.test(words)) return { kind: 'Count' };
  return { kind: unlike.test(words) ? 'Other' : 'None' };
}

/** Splits a name into lower-case words between single blanks; a slash and a percent sign are words too. */
function wordsOf(column: string): string {
  return column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(inverse, ' / $1 ')
    .replace(/\//g, ' / ')
    .replace(/[^\p{L}\d/%]+/gu, ' ')
    .trim();
}

function rate(input: { readonly unit: string; readonly scale: number; readonly every?: number }): RateUnit {
  const { unit, scale, every = 1 } = input;
  const known = timeOf(unit);
  if (known === undefined || !(every > 0)) return { kind: 'Other' };
  const [seconds, word] = known;
  const amount = { 1: 'requests', 1000: 'thousand requests', 1000000: 'million requests' }[scale] ?? 'requests';
  const span = every === 1 ? word : `${every} ${word}s`;
  return { kind: 'Rate', factor: scale / (seconds * every), words: `${amount} per ${span}` };
}

function isTime(unit: string): boolean {
  return timeOf(unit) !== undefined;
}

/** Finds a unit of time by its singular or plural, English or German. */
function timeOf(unit: string) {
  return (
    ownValue(secondsOf, unit) ??
    ownValue(secondsOf, unit.replace(/s$/, '')) ??
    ownValue(secondsOf, unit.replace(/n$/, ''))
  );
}
