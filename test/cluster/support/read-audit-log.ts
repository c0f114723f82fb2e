import { readFileSync } from 'node:fs';
import type { SpecWrite } from '../judge/trace.ts';

interface AuditEvent {
  readonly verb: string;
  readonly requestReceivedTimestamp: string;
  readonly user: { readonly username: string };
  readonly impersonatedUser?: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code: number };
  readonly requestObject?: unknown;
}

/** A forbidden request. */
interface Refusal {
  readonly at: number;
  readonly user: string;
  readonly what: string;
}

interface Write extends SpecWrite {
  readonly subresource: string | undefined;
}

const writingVerbs = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** Reads the successful writes to specs of one namespace, oldest first, with their users. */
export function readSpecWrites(auditLog: string, namespace: string): readonly SpecWrite[] {
  return readWrites(auditLog, namespace).filter(
    ({ subresource }) => subresource === undefined || subresource === 'scale',
  );
}

/** Reads all successful writes in one namespace, oldest first; of ServiceAccounts also those of statuses and Events. */
export function readWrites(auditLog: string, namespace: string): readonly Write[] {
  return readEvents(auditLog)
    .filter(({ objectRef, verb }) => objectRef?.namespace === namespace && writingVerbs.has(verb))
    .filter(({ responseStatus }) => (responseStatus?.code ?? 0) < 300)
    .map(event => ({
      at: Date.parse(event.requestReceivedTimestamp),
      resource: event.objectRef?.resource ?? '',
      name: event.objectRef?.name ?? '',
      user: userOf(event),
      subresource: event.objectRef?.subresource,
      verb: event.verb,
      body: event.requestObject,
    }))
    .sort((a, b) => a.at - b.at);
}

/** Reads what every request of a user for one kind in one namespace was answered, oldest first. */
export function readAnswers(
  auditLog: string,
  { user, resource, namespace }: { readonly user: string; readonly resource: string; readonly namespace: string },
): readonly { readonly at: number; readonly verb: string; readonly code: number }[] {
  return readEvents(auditLog)
    .filter(event => userOf(event) === user)
    .filter(({ objectRef }) => objectRef?.resource === resource && objectRef.namespace === namespace)
    .map(({ requestReceivedTimestamp, verb, responseStatus }) => ({
      at: Date.parse(requestReceivedTimestamp),
      verb,
      code: responseStatus?.code ?? 0,
    }))
    .sort((a, b) => a.at - b.at);
}

/** Reads the requests of ServiceAccounts that their Roles did not allow. */
export function readRefusals(auditLog: string): readonly Refusal[] {
  return readEvents(auditLog)
    .filter(
      ({ responseStatus, user }) => responseStatus?.code === 403 && user.username.startsWith('system:serviceaccount:'),
    )
    .map(event => ({
      at: Date.parse(event.requestReceivedTimestamp),
      user: userOf(event),
      what: `${event.verb} ${event.objectRef?.resource}/${event.objectRef?.subresource ?? ''} in ${event.objectRef?.namespace ?? 'the cluster'}`,
    }));
}

function userOf({ impersonatedUser, user }: AuditEvent): string {
  return impersonatedUser?.username ?? user.username;
}

/** Parses the events; the last line may be incomplete. */
function readEvents(auditLog: string): readonly AuditEvent[] {
  const lines = readFileSync(auditLog, 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as AuditEvent);
}
