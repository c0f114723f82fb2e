import type { ManagedFields } from './field-owners.ts';

/**
 * A client-node model as it is sent: JSON has no Date, so every instant is an RFC 3339 string. The models declare Date
 * (and V1MicroTime) where JSON.parse gives a string; this type states what is really there.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

/**
 * The fields common to objects of all kinds; `metadata` is optional only because lists and patches may leave it out.
 */
export interface KubeObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?: KubeMeta | undefined;
}

export interface KubeMeta {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly generation?: number | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly finalizers?: readonly string[] | undefined;
  readonly creationTimestamp?: string | undefined;
  readonly deletionTimestamp?: string | undefined;
  readonly managedFields?: readonly ManagedFields[] | undefined;
}

/** An object whose spec and status have not been parsed yet. */
export interface UnparsedObject extends KubeObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A JSON merge patch (RFC 7386) of T: any part of it; null removes a field. */
export type MergePatch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: MergePatch<T[Key]> | null | undefined }
    : T;

/** The body of a server-side apply for T: the fields to own, and the name. */
export type ApplyPatch<T> = Partialness<T> & {
  readonly metadata: KubeMeta & { readonly name: string };
};

type Partialness<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: Partialness<T[Key]> | undefined }
    : T;

/** Formats an instant as Kubernetes writes V1MicroTime: with six decimal places. */
export function formatMicroTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z');
}
