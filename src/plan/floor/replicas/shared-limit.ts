/** A limit that targets share, such as the connections of a database. */
export interface SharedLimit {
  readonly name: string;
  /** In the unit of its users. */
  readonly total: number;
  /** At least one. */
  readonly users: readonly LimitUser[];
}

/** A target that uses a shared limit. */
export interface LimitUser {
  readonly target: string;
  /** What it uses the limit by: its replicas, or the requests that they serve. */
  readonly per: 'Replica' | 'Request';
  /** Units of the limit that so many of its replicas use; never falls with them. */
  readonly units: (replicas: number) => number;
}
