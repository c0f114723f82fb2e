import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { sharedLimitsIn } from '../../facts/data-stores.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { inWave } from './sync-waves.ts';

export interface ScalingPolicyProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly SizedService[];
  /** The zone of the shop's days. @default UTC */
  readonly timeZone?: string | undefined;
}

/** The ScalingPolicy of an environment, with the caps that fit its quota. */
export class ScalingPolicyConstruct extends Construct {
  constructor(scope: Construct, id: string, props: ScalingPolicyProps) {
    super(scope, id);
    const { environment, services, timeZone } = props;
    const limits = sharedLimitsIn(environment, services[0]?.stores ?? []);
    new ApiObject(this, 'policy', {
      apiVersion: 'headstart.dev/v1alpha1',
      kind: 'ScalingPolicy',
      metadata: { name: 'default', annotations: inWave('scaling') },
      spec: {
        mode: environment.mode,
        maxTotalReplicas: services.reduce((sum, service) => sum + service.ceiling, 0),
        rampDown: { percentPerMinute: environment.rampDownPercentPerMinute },
        ...(timeZone === undefined ? {} : { demandDefaults: { timeZone } }),
        ...(environment.approval === undefined ? {} : { approval: environment.approval }),
        ...(limits.length > 0 ? { limits } : {}),
        ...(environment.nodeRoom === 'None' ? {} : { nodeRoom: environment.nodeRoom }),
      },
    });
  }
}
