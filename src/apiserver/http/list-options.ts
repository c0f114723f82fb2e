import type { StatusCause } from '../../schema/field-fault.ts';
import { forbiddenField, unsupportedField } from '../../schema/field-fault.ts';
import type { JsonObject } from '../../schema/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { badRequest, invalid, StatusError } from '../objects/status-error.ts';
import { parseFieldSelector } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';

/** The parameters of a list or watch. */
export interface ListOptions {
  readonly watch: boolean;
  readonly matches: (object: KubeObject) => boolean;
  /** Whether the selectors match every object. */
  readonly isEverything: boolean;
  /** Most objects per page; 0 for all. */
  readonly limit: number;
  readonly continue: string;
  /** Empty: the newest. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  /** Undefined: the server's choice. */
  readonly timeoutSeconds: number | undefined;
}

/** Parses the parameters. @throws StatusError 400 or 422 with the invalid parameter */
export function parseListOptions(query: URLSearchParams, definition: ResourceDefinition): ListOptions {
  const labelSelector = query.get('labelSelector') ?? '';
  const fieldSelector = query.get('fieldSelector') ?? '';
  const matchesLabels = parseLabelSelector(labelSelector);
  const matchesFields = parseFieldSelector(fieldSelector, definition);
  const options: ListOptions = {
    watch: isTrue(query.get('watch')),
    matches: object => matchesLabels(object.metadata.labels ?? {}) && matchesFields(object as unknown as JsonObject),
    isEverything: labelSelector.trim() === '' && fieldSelector.trim() === '',
    limit: wholeNumber(query, 'limit') ?? 0,
    continue: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    sendInitialEvents: query.has('sendInitialEvents') ? isTrue(query.get('sendInitialEvents')) : undefined,
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: wholeNumber(query, 'timeoutSeconds'),
  };
  const causes = [...(options.watch ? watchFaults(options) : listFaults(options))];
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'ListOptions' }, '', causes);
  return options;
}

/**
 * Parses the resourceVersion of a list.
 *
 * @throws StatusError 504 when it is not reached yet, 400 when it is not a number
 */
export function parseResourceVersion(text: string, newest: number): number {
  if (!/^\d+$/.test(text)) throw badRequest(`invalid resource version: ${notANumber(text)}`);
  const requested = Number(text);
  if (requested > newest) throw tooLarge(requested, newest);
  return requested;
}

/** Parses the resourceVersion of a watch, which may lie ahead. @throws StatusError 500 when it is not a number */
export function parseWatchStart(text: string): number {
  if (!/^\d+$/.test(text)) throw new StatusError(500, '', notANumber(text));
  return Number(text);
}

function notANumber(text: string): string {
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
}

function* listFaults(options: ListOptions): Generator<StatusCause> {
  const { resourceVersionMatch: match, resourceVersion, sendInitialEvents } = options;
  if (match !== '') {
    if (resourceVersion === '') {
      yield forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      );
    }
    if (options.continue !== '') {
      yield forbiddenField('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided');
    }
    if (match !== 'Exact' && match !== 'NotOlderThan')
      yield unsupportedField('resourceVersionMatch', match, ['Exact', 'NotOlderThan', '']);
    if (match === 'Exact' && resourceVersion === '0') {
      yield forbiddenField('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (sendInitialEvents !== undefined) {
    yield forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  }
}

function* watchFaults(options: ListOptions): Generator<StatusCause> {
  const { resourceVersionMatch: match, sendInitialEvents } = options;
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    yield forbiddenField(
      'resourceVersionMatch',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  if (match === '') return;
  if (sendInitialEvents === undefined) {
    const why = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
    yield forbiddenField('resourceVersionMatch', why);
  }
  if (match !== 'NotOlderThan') yield unsupportedField('resourceVersionMatch', match, ['NotOlderThan']);
}

function tooLarge(requested: number, newest: number): StatusError {
  const message = `Timeout: Too large resource version: ${requested}, current: ${newest}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }];
  return new StatusError(504, 'Timeout', message, { details: { causes, retryAfterSeconds: 1 } });
}

function isTrue(text: string | null): boolean {
  return text !== null && text !== 'false' && text !== '0';
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw badRequest(`invalid ${name}: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
