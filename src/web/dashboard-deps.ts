import type { Actor } from '../domain/actor.ts';
import type { Clock } from '../domain/clock.ts';
import type { AlertService } from '../services/alerts/alert-service.ts';
import type { HostStatusService } from '../services/hosts/host-status-service.ts';
import type { InventoryService } from '../services/inventory/inventory-service.ts';
import type { MetricsService } from '../services/metrics/metrics-service.ts';
import type { RolloutService } from '../services/rollouts/rollout-service.ts';
import type { SignInService } from '../services/sign-in/sign-in-service.ts';

export interface DashboardDeps {
  /** Public address, from its root. */
  readonly baseUrl: string;
  readonly signIn: SignInService;
  readonly inventory: InventoryService;
  readonly hosts: Pick<HostStatusService, 'latest'>;
  readonly alerts: Pick<AlertService, 'open' | 'history'>;
  readonly metrics: Pick<MetricsService, 'chart'>;
  readonly rollouts: Pick<RolloutService, 'list'>;
  readonly clock: Clock;
}

/** What the session check has found out, for everything behind it. */
export interface SignedIn {
  readonly Variables: { readonly actor: Actor };
}
