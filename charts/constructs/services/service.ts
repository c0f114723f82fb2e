import { Construct } from 'constructs';
import type { SizedService } from '../../facts/sized-service.ts';
import { Autoscaling } from './autoscaling.ts';
import { Networking } from './networking.ts';
import { WorkloadConstruct } from './workload.ts';

/** A service of the marketplace: its pods, its network access and its scaling. */
export class Service extends Construct {
  constructor(scope: Construct, id: string, service: SizedService) {
    super(scope, id);
    new WorkloadConstruct(this, 'workload', service);
    new Networking(this, 'networking', service);
    new Autoscaling(this, 'autoscaling', service);
  }
}
