import type { AccessService } from '../services/access/access-service.ts';
import type { AccessPathService } from '../services/access-paths/access-path-service.ts';
import type { AlertService } from '../services/alerts/alert-service.ts';
import type { ApprovalService } from '../services/approvals/approval-service.ts';
import type { BreakGlassService } from '../services/approvals/break-glass-service.ts';
import type { AuditLog } from '../services/audit/ports.ts';
import type { DigestService } from '../services/digests/digest.ts';
import type { EmailVerificationService } from '../services/email-identities/email-verification-service.ts';
import type { HostStatusService } from '../services/hosts/host-status-service.ts';
import type { InventoryService } from '../services/inventory/inventory-service.ts';
import type { MetricsService } from '../services/metrics/metrics-service.ts';
import type { PatchService } from '../services/patching/patch-service.ts';
import type { ProductPlanService } from '../services/products/product-plan-service.ts';
import type { RolloutService } from '../services/rollouts/rollout-service.ts';
import type { SignInService } from '../services/sign-in/sign-in-service.ts';

/** What a command may ask for. */
export interface Services {
  readonly inventory: InventoryService;
  readonly hosts: HostStatusService;
  readonly accessPaths: AccessPathService;
  readonly patching: PatchService;
  readonly products: ProductPlanService;
  readonly approvals: ApprovalService;
  readonly breakGlass: BreakGlassService;
  readonly rollouts: RolloutService;
  readonly alerts: AlertService;
  readonly metrics: MetricsService;
  readonly digests: DigestService;
  readonly access: AccessService;
  readonly emails: EmailVerificationService;
  readonly signIn: SignInService;
  readonly audit: AuditLog;
}
