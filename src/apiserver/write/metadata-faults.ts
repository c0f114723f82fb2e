import type { StatusCause } from '../../schema/field-fault.ts';
import { forbiddenField, invalidField, requiredField, tooLongField } from '../../schema/field-fault.ts';
import type { ObjectMetadata, OwnerReference } from '../objects/kube-object.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const isSubdomain = new RegExp(`^${subdomain}$`);
const subdomainMessage = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const isQualifiedPart = new RegExp(`^${qualifiedPart}$`);
const qualifiedMessage = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPart}')`;
const isLabelValue = new RegExp(`^(${qualifiedPart})?$`);
const labelValueMessage = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '((${qualifiedPart})?')`;
const maxAnnotationBytes = 256 * 1024;

/** Yields what is invalid in an object's metadata, on create and on update. */
export function* metadataFaults(metadata: ObjectMetadata, { namespaced }: ResourceDefinition): Generator<StatusCause> {
  const { name, namespace, labels = {}, annotations = {}, finalizers = [] } = metadata;
  if (name === undefined || name === '') yield requiredField('metadata.name', 'name or generateName is required');
  else if (name.length > 253) yield invalidField('metadata.name', name, 'must be no more than 253 characters');
  else if (!isSubdomain.test(name)) yield invalidField('metadata.name', name, subdomainMessage);
  if (namespaced && (namespace === undefined || namespace === '')) yield requiredField('metadata.namespace');
  yield* labelFaults(labels);
  yield* annotationFaults(annotations);
  for (const finalizer of finalizers) {
    if (!isQualifiedName(finalizer)) yield invalidField('metadata.finalizers', finalizer, qualifiedMessage);
  }
  yield* ownerFaults(metadata.ownerReferences ?? []);
}

function* ownerFaults(owners: readonly OwnerReference[]): Generator<StatusCause> {
  const field = 'metadata.ownerReferences';
  for (const { apiVersion, kind, name, uid } of owners) {
    if (!apiVersion) yield invalidField(`${field}.apiVersion`, '', 'version must not be empty');
    if (!kind) yield invalidField(`${field}.kind`, '', 'must not be empty');
    if (!name) yield invalidField(`${field}.name`, '', 'must not be empty');
    if (!uid) yield invalidField(`${field}.uid`, '', 'must not be empty');
  }
  const [first, second] = owners.filter(({ controller }) => controller === true);
  if (first === undefined || second === undefined) return;
  const found = `${first.kind}/${first.name} and ${second.kind}/${second.name}`;
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${found}`;
  yield invalidField(field, owners, why);
}

function* labelFaults(labels: Readonly<Record<string, string>>): Generator<StatusCause> {
  for (const [key, value] of Object.entries(labels)) {
    if (!isQualifiedName(key)) yield invalidField('metadata.labels', key, qualifiedMessage);
    if (value.length > 63) yield invalidField('metadata.labels', value, 'must be no more than 63 bytes');
    else if (!isLabelValue.test(value)) yield invalidField('metadata.labels', value, labelValueMessage);
  }
}

function* annotationFaults(annotations: Readonly<Record<string, string>>): Generator<StatusCause> {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    bytes += key.length + value.length;
    if (!isQualifiedName(key.toLowerCase())) yield invalidField('metadata.annotations', key, qualifiedMessage);
  }
  if (bytes > maxAnnotationBytes) yield tooLongField('metadata.annotations', maxAnnotationBytes);
}

/** Yields what an update may not change in metadata. */
export function* metadataUpdateFaults(after: ObjectMetadata, before: ObjectMetadata): Generator<StatusCause> {
  const added = (after.finalizers ?? []).filter(finalizer => !before.finalizers?.includes(finalizer)).sort();
  if (before.deletionTimestamp !== undefined && added.length > 0) {
    const found = `[]string{${added.map(finalizer => JSON.stringify(finalizer)).join(', ')}}`;
    const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
    yield forbiddenField('metadata.finalizers', why);
  }
  if (after.resourceVersion === undefined || after.resourceVersion === '') {
    yield invalidField('metadata.resourceVersion', '', 'must be specified for an update');
  }
  if (after.uid !== undefined && after.uid !== before.uid) {
    yield invalidField('metadata.uid', after.uid, 'field is immutable');
  }
  const { deletionTimestamp } = after;
  if (deletionTimestamp !== undefined && deletionTimestamp !== before.deletionTimestamp) {
    yield invalidField('metadata.deletionTimestamp', deletionTimestamp, 'field is immutable');
  }
}

/** Whether a text is a qualified name: `headstart.dev/floor`, `app`. */
function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop() ?? '';
  const [prefix] = parts;
  if (parts.length > 1 || (prefix !== undefined && (prefix.length > 253 || !isSubdomain.test(prefix)))) return false;
  return name.length <= 63 && isQualifiedPart.test(name);
}
