import type { Command } from './command-spec.ts';
import { audit } from './commands/audit.ts';
import { connect } from './commands/connect.ts';
import { help } from './commands/help.ts';
import { hosts } from './commands/hosts.ts';
import { patchAuto, patchPlan } from './commands/patch.ts';
import { status } from './commands/status.ts';

/** Every verb, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [status, hosts, connect, patchPlan, patchAuto, audit, help];
