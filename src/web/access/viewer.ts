/** Who looks at the page. */
export type Viewer = LocalViewer | KnownViewer;

/** Somebody on this machine, where the page listens on loopback alone and asks nobody: sees what the operator sees. */
export interface LocalViewer {
  readonly kind: 'Local';
}

/** A user of the cluster: sees what the cluster lets this user read. */
export interface KnownViewer {
  /** `Token`: logged in with a token of their own. `Proxy`: named by an authenticating proxy. */
  readonly kind: 'Token' | 'Proxy';
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  /** The viewer's own bearer token; absent behind a proxy. */
  readonly token?: string;
}

/** The name that is shown of a viewer; undefined where nobody logs in. */
export function viewerName(viewer: Viewer): string | undefined {
  return viewer.kind === 'Local' ? undefined : viewer.user;
}
