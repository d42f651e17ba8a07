import type { Command } from './command-spec.ts';
import { alerts, alertsTest } from './commands/alerts.ts';
import { audit } from './commands/audit.ts';
import { breakGlass } from './commands/break-glass.ts';
import { connect } from './commands/connect.ts';
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
  ...[alerts, alertsTest, silence],
  ...[patchPlan, patchApply, patchAuto, patchUndo],
  ...[rollouts, rollout, breakGlass, unlock],
  ...[audit, help],
];
