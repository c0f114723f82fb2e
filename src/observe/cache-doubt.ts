/** A kind whose objects in the namespace were never read (`Unread`), or not confirmed for 90 s (`Stale`). */
export interface CacheDoubt {
  readonly kind: string;
  readonly state: 'Unread' | 'Stale';
}
