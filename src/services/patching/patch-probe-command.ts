import type { RemoteCommand } from '../../domain/remote-command.ts';
import { PATCH_PROBE_SCRIPT } from './patch-probe-script.ts';

/** The one round trip about a host's packages; read by `parseOs`, and for `auto` by `parseAuto` too. Takes seconds. */
export function buildPatchProbe(question: 'plan' | 'auto'): RemoteCommand {
  return ['sh', '-c', PATCH_PROBE_SCRIPT, 'msops-patch', question];
}
