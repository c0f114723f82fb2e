import type { StatusCause } from '../../schema/field-fault.ts';
import type { JsonObject } from '../../schema/json.ts';

interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** A refusal with the wording and the numbers of the real API server. `toStatus` gives the body of the answer. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  /** The continue token for the rest of a list whose snapshot has expired. */
  readonly continue: string | undefined;

  constructor(
    code: number,
    reason: string,
    message: string,
    more: { details?: StatusDetails; continue?: string } = {},
  ) {
    super(message);
    this.name = 'StatusError';
    this.code = code;
    this.reason = reason;
    this.details = more.details;
    this.continue = more.continue;
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continue === undefined ? {} : { continue: this.continue },
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details as unknown as JsonObject }),
      code: this.code,
    };
  }
}

/** The parts of a resource's name for error messages. */
export interface ResourceName {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
}

/** The qualified name: `horizontalpodautoscalers.autoscaling`; the core group has no suffix. */
export function qualifiedName({ group, plural }: Pick<ResourceName, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

export function notFound(resource: ResourceName, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualifiedName(resource)} ${JSON.stringify(name)} not found`, {
    details: about(resource, name),
  });
}

/** The 409 AlreadyExists. @param isTerminating whether the existing object waits for its finalizers */
export function alreadyExists(resource: ResourceName, name: string, isTerminating: boolean): StatusError {
  const message = `${qualifiedName(resource)} ${JSON.stringify(name)} already exists`;
  return new StatusError(409, 'AlreadyExists', isTerminating ? `object is being deleted: ${message}` : message, {
    details: about(resource, name),
  });
}

export function conflict(resource: ResourceName, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} ${JSON.stringify(name)}: ${why}`;
  return new StatusError(409, 'Conflict', message, { details: about(resource, name) });
}

export function forbidden(
  resource: ResourceName,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): StatusError {
  return new StatusError(403, 'Forbidden', `${qualifiedName(resource)} ${JSON.stringify(name)} is forbidden: ${why}`, {
    details: { ...about(resource, name), ...(causes === undefined ? {} : { causes }) },
  });
}

/** The 422 Invalid. @param causes one per invalid field, in the order of the message */
export function invalid(resource: ResourceName, name: string, causes: readonly StatusCause[]): StatusError {
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  const [first] = causes;
  const lines = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const summary = lines.length === 1 && first !== undefined ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError(422, 'Invalid', `${kind} ${JSON.stringify(name)} is invalid: ${summary}`, {
    details: { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.kind, causes },
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function expired(message: string, next?: string): StatusError {
  return new StatusError(410, 'Expired', message, next === undefined ? {} : { continue: next });
}

function about({ group, plural }: ResourceName, name: string): StatusDetails {
  return { name, ...(group === '' ? {} : { group }), kind: plural };
}
