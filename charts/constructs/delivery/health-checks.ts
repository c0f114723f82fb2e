import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const kinds = ['FlashSale', 'SalePlan', 'ScalingPolicy', 'ScalingTarget'];

/**
 * The health of Headstart's kinds in Argo CD, by kstatus: Ready=True is healthy (also for a sale three weeks ahead),
 * Stalled is degraded, everything else is progressing, including a spec that the operator has not seen yet.
 */
const lua = `local health = { status = "Progressing", message = "waiting for the operator" }
if obj.status == nil or obj.status.conditions == nil then return health end
local observed = obj.status.observedGeneration
if observed ~= nil and observed ~= obj.metadata.generation then return health end
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Stalled" and condition.status == "True" then
    return { status = "Degraded", message = condition.message }
  end
  if condition.type == "Ready" and condition.status == "True" then
    health = { status = "Healthy", message = condition.message }
  end
end
return health
`;

/**
 * A patch of Argo CD's own ConfigMap, which nothing here applies: that ConfigMap is the user's, and has other settings.
 */
export class HealthChecksPatch extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubeConfigMap(this, 'patch', { metadata: { name: 'argocd-cm' }, data: healthChecks() });
  }
}

/** Entries for argocd-cm, one per kind. */
export function healthChecks(): Record<string, string> {
  return Object.fromEntries(kinds.map(kind => [`resource.customizations.health.headstart.dev_${kind}`, lua]));
}
