import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const group = 'headstart.dev';
const read = ['get', 'list', 'watch'];
const write = [...read, 'create', 'update', 'patch', 'delete'];

/**
 * The permissions of each team on Headstart's kinds, one ClusterRole each; an environment binds them to its groups.
 * GitOps may write everything in an environment's folder except its namespace, quota, limits, secret store,
 * roles and role bindings.
 */
const rolesByTeam: Readonly<Record<string, readonly k8s.PolicyRule[]>> = {
  merchandiser: [
    { apiGroups: [group], resources: ['flashsales'], verbs: write },
    { apiGroups: [group], resources: ['saleplans', 'scalingtargets', 'scalingpolicies'], verbs: read },
  ],
  sre: [
    { apiGroups: [group], resources: ['scalingtargets', 'scalingpolicies'], verbs: write },
    { apiGroups: [group], resources: ['flashsales'], verbs: [...write, 'announce-large'] },
    { apiGroups: [group], resources: ['saleplans'], verbs: [...read, 'update', 'patch', 'approve'] },
  ],
  gitops: [
    { apiGroups: [group], resources: ['flashsales', 'scalingtargets', 'scalingpolicies'], verbs: write },
    { apiGroups: [group], resources: ['saleplans'], verbs: read },
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: write },
    // Flux looks at the pods of a Deployment to tell its health.
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: read },
    { apiGroups: [''], resources: ['pods'], verbs: read },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: write },
    { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: write },
    { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: write },
    {
      apiGroups: ['gateway.networking.k8s.io'],
      resources: ['gateways', 'httproutes', 'grpcroutes'],
      verbs: write,
    },
    { apiGroups: ['autoscaling.x-k8s.io'], resources: ['capacitybuffers'], verbs: write },
    { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters', 'poolers', 'scheduledbackups'], verbs: write },
    { apiGroups: ['barmancloud.cnpg.io'], resources: ['objectstores'], verbs: write },
    { apiGroups: ['redis.redis.opstreelabs.in'], resources: ['redisreplications', 'redissentinels'], verbs: write },
    { apiGroups: ['elasticsearch.k8s.elastic.co'], resources: ['elasticsearches'], verbs: write },
    { apiGroups: ['external-secrets.io'], resources: ['externalsecrets'], verbs: write },
    { apiGroups: ['monitoring.coreos.com'], resources: ['podmonitors'], verbs: write },
    { apiGroups: ['datadoghq.com'], resources: ['datadogmonitors', 'datadogdashboards'], verbs: write },
    { apiGroups: [''], resources: ['configmaps', 'services', 'serviceaccounts'], verbs: write },
  ],
};

export interface TeamRolesProps {
  /** @default all */
  readonly teams?: readonly string[];
}

/** The ClusterRoles of the teams, not bound yet. */
export class TeamRoles extends Construct {
  constructor(scope: Construct, id: string, { teams = Object.keys(rolesByTeam) }: TeamRolesProps = {}) {
    super(scope, id);
    for (const [team, rules] of Object.entries(rolesByTeam).filter(([team]) => teams.includes(team))) {
      new k8s.KubeClusterRole(this, team, { metadata: { name: roleName(team) }, rules: [...rules] });
    }
  }
}

/** The account in `flux-system` under which Flux applies the environments and the sales of a shop. */
export function gitOpsAccount(shop: string): string {
  return `${shop}-gitops`;
}

export interface TeamBindingsProps {
  readonly namespace: string;
  /** The name of the shop. */
  readonly shop: string;
}

/**
 * The roles of the teams in one environment, each bound to the group `<namespace>:<team>`; that of GitOps also to the
 * account under which Flux applies the environment.
 */
export class TeamBindings extends Construct {
  constructor(scope: Construct, id: string, { namespace, shop }: TeamBindingsProps) {
    super(scope, id);
    for (const team of Object.keys(rolesByTeam)) {
      new k8s.KubeRoleBinding(this, team, {
        metadata: { name: roleName(team) },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName(team) },
        subjects: [
          { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: `${namespace}:${team}` },
          ...(team === 'gitops'
            ? [{ kind: 'ServiceAccount', name: gitOpsAccount(shop), namespace: 'flux-system' }]
            : []),
        ],
      });
    }
  }
}

function roleName(team: string): string {
  return `headstart-${team}`;
}
