import type { Host, Product } from '../../domain/inventory.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import { homeOf } from '../../domain/server-shell.ts';
import { asUser } from './as-user.ts';
import { PRODUCT_SHELL } from './product-shell.ts';

/**
 * What is asked about a product's directory; its home is the only parameter. Reads and changes nothing: the update tool
 * itself is not run, because it logs in and may replace itself first.
 *
 * `find` and `stat` look at files, never the shell's own tests.
 */
const PACK_PROBE_SCRIPT = `${PRODUCT_SHELL}
home=$1
updates=$home/updates
below() { directory=$1; shift; bounded 30 find "$directory/" "$@" 2>/dev/null; }
owner() { stat -c '%U %n' "$@" 2>/dev/null; }

part pack owner "$home/."
part product cat "$updates/product.txt"
part version cat "$home/bin/version.txt"
part config cat "$updates/config.json"
part state below "$updates" -maxdepth 1 -name 'config.*' -type f
part stateowner owner "$updates/config.json"
part machine uname -m
part tools below "$home/bin" -maxdepth 1 -name '*update*' ! -name '*.bat' ! -name '*.ps1'
part hotfixes below "$updates" -maxdepth 3 '(' -iname '*hotfix*' -o -iname '*-hf[-0-9]*' ')'
part unmerged below "$home" -type f '(' -name '*.original' -o -name '*.new' ')'
part links below "$home" -type l
part size bounded 60 du -sk "$home/."
part logs bounded 60 du -sk "$home/repository/logs"
part free bounded 5 df -P -k "$home"
part user id -un
part backups owner "$HOME/.wso2-updates"
pids=$(servers "$home"); show pids "$?" "$pids"
show end 0
`;

/** The one round trip about a product's directory; read by `parsePack`. Takes seconds on a cold disk. */
export function buildPackProbe(host: Host, { home, serviceUser }: Product): RemoteCommand {
  return asUser(host, serviceUser, ['sh', '-c', PACK_PROBE_SCRIPT, 'msops-pack', homeOf({ home })]);
}
