import { ACCOUNT_SHELL } from './account-shell.ts';
import { ACL_SHELL } from './acl-shell.ts';
import { REMOVAL_SHELL } from './removal-shell.ts';
import { SSHD_SHELL } from './sshd-shell.ts';

/**
 * `$1` the client's address as the host sees it, then grant, user, key, end (seconds), end in UTC for the key option, the
 * account's last day and the one before it (days since 1970), homes of products.
 *
 * A new account is closed until the last step opens it, so whatever interrupts this leaves nobody in. The home and all
 * on the way to the key belong to root: its owner cannot write a key without an end.
 */
export const MAKE_SCRIPT = `
from=$1 grant=$2 user=$3 key=$4 until=$5 utc=$6 last_day=$7 safe_day=$8
shift 8
${ACCOUNT_SHELL}${ACL_SHELL}${REMOVAL_SHELL}${SSHD_SHELL}
made= file= old_keys= had_keys= old_day=
undo() {
  if [ -n "$made" ]; then
    find_account || uid=
    take_away
    [ -n "$(left_behind)" ] || rm -f "$record"
  elif [ -n "$file" ]; then
    rm -f "$file.msops"
    if [ -n "$had_keys" ]; then printf '%s\\n' "$old_keys" >"$file"; fi
    chage -E "$old_day" "$user" >/dev/null 2>&1
  fi
}
trap 'fail interrupted "by a signal"' HUP INT TERM
alone
[ ! -e "$run/ended-$grant" ] || fail ended "$grant"
say "clock|$(date +%s)"
[ "$until" -gt "$(date +%s)" ] || fail over "$(date -u)"
for program in useradd usermod userdel chage getent pgrep pkill; do has "$program" || fail no_program "$program"; done
shell=/bin/bash
[ -x "$shell" ] || shell=/bin/sh

if find_account; then
  own_account
  old_day=$(getent shadow "$user" | cut -d : -f 8)
else
  made=yes uid=
  rm -rf "/home/$user"
  if getent group "$user" >/dev/null; then patiently groupdel "$user"; fi
  patiently useradd -m -U -d "/home/$user" -s "$shell" -e 1970-01-02 -p '*' -c "msops grant $grant" "$user" ||
    fail useradd "exit code $code, $(printf '%s' "$said" | one_line)"
  find_account && own_account || fail unreadable "$user"
  for file in $(key_files); do rm -f "$file"; done
  file=
fi
remember "uid $uid"

groups=
for group in adm systemd-journal; do
  if getent group "$group" >/dev/null; then groups="$groups,$group"; else note no_group "$group"; fi
done
# A password of * matches nothing, and unlike a locked one it does not keep keys out where sshd works without PAM.
patiently usermod -s "$shell" -p '*' -G "\${groups#,}" "$user" || fail usermod "$(printf '%s' "$said" | one_line)"
own_groups=$(id -Gn "$user")
[ "$(printf '%s\\n' $own_groups | sort | tr '\\n' ' ')" = "$(printf '%s\\n' $user $(echo "$groups" | tr , ' ') | sort | tr '\\n' ' ')" ] ||
  fail groups "$own_groups"

mkdir -p "/home/$user" && chown -R -h "0:$gid" "/home/$user" && chmod -R go-w "/home/$user" && chmod 750 "/home/$user" ||
  fail home "/home/$user"
if has sudo && ! bounded 20 sudo -n -l -U "$user" 2>&1 | grep -q 'not allowed to run sudo'; then
  fail sudo "$(bounded 20 sudo -n -l -U "$user" 2>&1 | tail -n 1 | one_line)"
fi

ask_sshd "\${from:-127.0.0.1}"
[ -n "$settings" ] || note no_settings ''
keep_out
write_key
for each in "$@"; do give_logs "$each"; done
patiently chage -E "$day" "$user" || fail chage "$(printf '%s' "$said" | one_line)"
shadow=$(getent shadow "$user")
[ "$(printf '%s' "$shadow" | cut -d : -f 8)" = "$day" ] || fail chage "$day was set, $(printf '%s' "$shadow" | cut -d : -f 8) was read back"
[ "$(printf '%s' "$shadow" | cut -d : -f 2)" = '*' ] || fail usermod 'the password was not taken away'
say made
finish
`;
