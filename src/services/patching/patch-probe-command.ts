import type { RemoteCommand } from '../../domain/remote-command.ts';
import { PATCH_PROBE_SCRIPT } from './patch-probe-script.ts';

/** What would be installed, whether it is installed by itself, or both. Each asks for what is pending. */
export type PatchQuestion = 'plan' | 'auto' | 'both';

/** The one round trip about a host's packages; read by `parseOs`, unless for `plan` by `parseAuto` too. Takes seconds. */
export function buildPatchProbe(question: PatchQuestion): RemoteCommand {
  return ['sh', '-c', PATCH_PROBE_SCRIPT, 'msops-patch', question];
}
