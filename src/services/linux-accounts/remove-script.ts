import { ACCOUNT_SHELL } from './account-shell.ts';
import { ACL_SHELL } from './acl-shell.ts';
import { REMOVAL_SHELL } from './removal-shell.ts';

/**
 * `$1` the client's address as the host sees it, then grant, user, homes of products. That it has ended is written down
 * first. An account that was deleted by hand is still searched for by the number that it had.
 */
export const REMOVE_SCRIPT = `
from=$1 grant=$2 user=$3
shift 3
${ACCOUNT_SHELL}${ACL_SHELL}${REMOVAL_SHELL}
alone
: >"$run/ended-$grant"
gid=
if find_account; then
  own_account
  remember "uid $uid"
else
  uid=$(recorded uid | tail -n 1)
  if [ -n "$uid" ] && getent passwd "$uid" >/dev/null; then
    note uid_taken "$uid"
    uid=
  fi
fi
ask_sshd "\${from:-127.0.0.1}"
take_away "$@"
left=$(left_behind "$@")
[ -z "$left" ] || fail left "$(printf '%s' "$left" | tr '\\n' ';' | cut -c 1-400)"
rm -f "$record"
say gone
finish
`;
