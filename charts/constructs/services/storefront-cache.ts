import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

export interface StorefrontCacheProps {
  /** The Redis that keeps the pages for all replicas. @default none: each replica keeps its own, in its temporary volume */
  readonly store?: string | undefined;
  /** How old a page may be before it is made anew. @default 60 s */
  readonly revalidate?: Duration;
  /** How long the edge may answer with an old page while one request makes the new one. @default 10 minutes */
  readonly staleWhileRevalidate?: Duration;
  /** How long it may answer with an old page while the origin fails. @default 1 hour */
  readonly staleIfError?: Duration;
}

/**
 * Incremental static regeneration that does not stampede at T0: pages live in Redis, shared by all replicas, one replica
 * makes a page anew, and the edge answers with the old one meanwhile. Only what passes the edge is the origin's demand.
 */
export class StorefrontCache extends Construct {
  /** The header that routes set on product pages. */
  readonly cacheControl: string;

  constructor(scope: Construct, id: string, props: StorefrontCacheProps = {}) {
    super(scope, id);
    const {
      store,
      revalidate = Duration.seconds(60),
      staleWhileRevalidate = Duration.minutes(10),
      staleIfError = Duration.hours(1),
    } = props;
    this.cacheControl = [
      'public',
      `s-maxage=${revalidate.toSeconds()}`,
      `stale-while-revalidate=${staleWhileRevalidate.toSeconds()}`,
      `stale-if-error=${staleIfError.toSeconds()}`,
    ].join(', ');
    new k8s.KubeConfigMap(this, 'settings', {
      metadata: { name: 'storefront-cache' },
      data: {
        ISR_REVALIDATE_SECONDS: String(revalidate.toSeconds()),
        ...(store === undefined
          ? { ISR_CACHE_HANDLER: 'file-system', ISR_CACHE_PATH: '/tmp' }
          : { ISR_CACHE_HANDLER: 'redis', ISR_CACHE_URL: `redis://${store}:6379` }),
        ISR_REGENERATION_LOCK_SECONDS: '10',
        EDGE_CACHE_CONTROL: this.cacheControl,
      },
    });
  }
}
