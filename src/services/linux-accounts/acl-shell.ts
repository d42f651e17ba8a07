/**
 * ACLs of product logs, and of the directories above them where only this user cannot pass. What was given is written
 * down in `$record` first, so that it is found again whatever the configuration says by then: `uid N`, `logs DIR`,
 * `default DIR` (it had default ACLs of somebody else before). Follows `ACCOUNT_SHELL`.
 */
export const ACL_SHELL = `
record=$state/$user
as_user() {
  if has setpriv; then setpriv --reuid "$uid" --regid "$gid" --init-groups "$@"; else runuser -u "$user" -- "$@"; fi
}
remember() { grep -q -x -F -e "$1" "$record" 2>/dev/null || printf '%s\\n' "$1" >>"$record"; }
recorded() { sed -n "s/^$1 //p" "$record" 2>/dev/null; }

# Default ACLs that no grant has brought.
foreign_default() {
  getfacl -R -p -s "$1" 2>/dev/null |
    awk -v RS= '/(^|\\n)default:/ && !/(^|\\n)default:user:msro-/ { found = 1 } END { exit !found }'
}
# Prints -n where a mask holds back somebody else's entry: to count it anew would give them more than they had.
keep_mask() {
  if getfacl -p -s "$@" 2>/dev/null | grep '#effective:' | grep -q -v 'user:msro-'; then printf '%s' -n; fi
}
give_logs() { # HOME
  logs=$(readlink -f "$1/repository/logs") && [ -d "$logs" ] || { note no_logs "$1/repository/logs"; return; }
  case $logs in
    / | /etc | /etc/* | /root | /root/* | /proc | /proc/* | /sys | /sys/* | /dev | /dev/* | /boot | /boot/* | /run | /run/*)
      note not_logs "$logs"
      return ;;
    /bin | /sbin | /lib | /lib64 | /usr | /usr/* | /var | /var/lib | /var/lib/msops* | /var/spool | /var/spool/*)
      note not_logs "$logs"
      return ;;
    /home | /opt | /srv | /mnt | /tmp | /var/tmp | */.ssh | */.ssh/*)
      note not_logs "$logs"
      return ;;
  esac
  has setfacl && has getfacl || { note no_setfacl "$logs"; return; }
  if ! recorded logs | grep -q -x -F -e "$logs"; then
    if foreign_default "$logs"; then remember "default $logs"; fi
    remember "logs $logs"
  fi
  said=$(bounded 40 setfacl $(keep_mask -R "$logs") -R -m "u:$user:rX" -m "d:u:$user:rX" "$logs" 2>&1) || {
    note no_acl "$(printf '%s: %s' "$logs" "$said" | one_line)"
    return
  }
  open_parents "$logs"
  if ! as_user test -r "$logs" || ! as_user test -x "$logs"; then note unread_logs "$logs"; fi
}
open_parents() {
  set -- "\${1%/*}" "$1"
  [ -n "$1" ] || return 0
  open_parents "$1"
  as_user test -x "$1" || setfacl $(keep_mask "$1") -m "u:$user:x" "$1" || note unread_logs "$1"
}

# By number too: a name is gone before an account's ACLs are.
acl_of() { getfacl -p -n "$@" 2>/dev/null | grep -q -E "^(default:)?user:$uid:"; }
named_acl() { getfacl -p -c -n "$@" 2>/dev/null | grep -q -E '^(default:)?(user|group):[^:]'; }
default_acl() { getfacl -p -c "$1" 2>/dev/null | grep -q '^default:'; }
drop_acls() {
  { recorded logs; for each in "$@"; do readlink -f "$each/repository/logs"; done; } 2>/dev/null | sort -u |
    while IFS= read -r logs; do drop_acl "$logs"; done
}
drop_acl() {
  [ -d "$1" ] && has setfacl && has getfacl || return 0
  bounded 40 setfacl -R -n -x "u:$uid" -x "d:u:$uid" "$1" >/dev/null 2>&1
  if ! named_acl -R "$1" && ! recorded default | grep -q -x -F -e "$1"; then bounded 40 setfacl -R -b "$1"; fi
  above=\${1%/*}
  while [ -n "$above" ]; do
    if acl_of "$above"; then
      setfacl -n -x "u:$uid" "$above"
      named_acl "$above" || default_acl "$above" || setfacl -b "$above"
    fi
    above=\${above%/*}
  done
}
# Prints the directories in which an ACL was left, or could not be looked for.
left_acls() {
  { recorded logs; for each in "$@"; do readlink -f "$each/repository/logs"; done; } 2>/dev/null | sort -u |
    while IFS= read -r logs; do
      [ -d "$logs" ] || continue
      if ! has getfacl; then
        if recorded logs | grep -q -x -F -e "$logs"; then printf '%s\\n' "$logs"; fi
      elif acl_of -R "$logs"; then
        printf '%s\\n' "$logs"
      fi
    done
}
`;
