import type { Command } from './command-spec.ts';
import { accessCard } from './commands/access-card.ts';
import { accessDrift } from './commands/access-drift.ts';
import { accessList } from './commands/access-list.ts';
import { accessRequest } from './commands/access-request.ts';
import { accessRevoke } from './commands/access-revoke.ts';
import { alerts, alertsTest } from './commands/alerts.ts';
import { audit } from './commands/audit.ts';
import { breakGlass } from './commands/break-glass.ts';
import { chart } from './commands/chart.ts';
import { connect } from './commands/connect.ts';
import { dashboard } from './commands/dashboard.ts';
import { digest } from './commands/digest.ts';
import { emailStatus } from './commands/email-status.ts';
import { emailTest } from './commands/email-test.ts';
import { emailVerify } from './commands/email-verify.ts';
import { help } from './commands/help.ts';
import { hosts } from './commands/hosts.ts';
import { patchAuto, patchPlan } from './commands/patch.ts';
import { patchApply } from './commands/patch-apply.ts';
import { patchUndo } from './commands/patch-undo.ts';
import { rollout } from './commands/rollout.ts';
import { rollouts } from './commands/rollouts.ts';
import { silence } from './commands/silences.ts';
import { status } from './commands/status.ts';
import { unlock } from './commands/unlock.ts';

/** Every verb, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  ...[status, hosts, connect],
  ...[chart, dashboard, digest],
  ...[alerts, alertsTest, silence],
  ...[patchPlan, patchApply, patchAuto, patchUndo],
  ...[rollouts, rollout, breakGlass, unlock],
  ...[accessRequest, accessList, accessCard, accessRevoke, accessDrift],
  ...[emailVerify, emailStatus, emailTest],
  ...[audit, help],
];
