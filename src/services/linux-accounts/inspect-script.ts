import { PROBE_SHELL } from '../../domain/probe-shell.ts';

/**
 * Parts: `accounts` (lines of passwd with a shell, or with a file of keys), `ends` (`user:day`), `groups`
 * (`user:group group`), `keys` (`user:type base64`), `sudoers` (`file: line`), `settings` (of sshd), `central` (services
 * that know accounts which are not listed).
 */
export const INSPECT_SCRIPT = `${PROBE_SHELL}
PATH=$PATH:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
set -f
settings=$(bounded 20 sshd -T 2>/dev/null | grep -E '^(authorizedkeysfile|authorizedkeyscommand|trustedusercakeys) ')
show settings "$?" "$settings"
patterns=$(printf '%s\\n' "$settings" | sed -n 's/^authorizedkeysfile //p')

passwd=$(bounded 20 getent passwd)
code=$?
key_file() { # PATTERN USER UID HOME
  case $1 in none) return ;; /* | %h*) pattern=$1 ;; *) pattern=%h/$1 ;; esac
  printf '%s\\n' "$pattern" | sed "s,%h,$4,g;s,%u,$2,g;s,%U,$3,g;s,%%,%,g"
}
keys_of() { # USER UID HOME
  for each in \${patterns:-.ssh/authorized_keys .ssh/authorized_keys2}; do
    file=$(key_file "$each" "$@")
    [ -f "$file" ] || continue
    awk -v user="$1" '
      /^[ \\t]*#/ { next }
      match($0, /(ssh-[a-z0-9]+|ecdsa-[a-z0-9-]+|sk-[a-z0-9@.-]+)[ \\t]+AAAA[A-Za-z0-9+\\/]+=*/) {
        print user ":" substr($0, RSTART, RLENGTH)
      }' "$file"
  done
}
accounts= keys= groups= count=0
while IFS=: read -r user secret uid gid comment home shell; do
  [ -n "$user" ] || continue
  found=$(keys_of "$user" "$uid" "$home")
  case $shell in */nologin | */false | /bin/sync | /sbin/shutdown | /sbin/halt | */git-shell) [ -n "$found" ] || continue ;; esac
  count=$((count + 1))
  [ "$count" -le 300 ] || { code=75; break; }
  accounts="$accounts$user:x:$uid:$gid:$comment:$home:$shell$newline"
  groups="$groups$user:$(id -Gn -- "$user" 2>/dev/null)$newline"
  [ -z "$found" ] || keys="$keys$found$newline"
done <<passwd
$passwd
passwd
show accounts "$code" "$accounts"
show groups 0 "$groups"
show keys 0 "$keys"
ends=$(bounded 20 getent shadow 2>&1)
code=$?
show ends "$code" "$(printf '%s\\n' "$ends" | awk -F : 'NF >= 8 { print $1 ":" $8 }')"

rights() { # FILE
  awk -v file="$1" '
    { while (sub(/\\\\$/, "") && (getline more) > 0) $0 = $0 more }
    /^[ \\t]*$/ || /^[ \\t]*(Defaults|User_Alias|Runas_Alias|Host_Alias|Cmnd_Alias|Cmd_Alias|@include)/ { next }
    /^[ \\t]*#/ && !/^[ \\t]*#[0-9]+[ \\t]/ { next }
    { gsub(/[ \\t]+/, " "); sub(/^ /, ""); print file ": " substr($0, 1, 200) }' "$1"
}
if has sudo; then
  sudoers=$(rights /etc/sudoers 2>&1)
  code=$?
  for name in $(ls -A /etc/sudoers.d 2>/dev/null); do
    case $name in *.* | *~) continue ;; esac
    file=/etc/sudoers.d/$name
    [ -f "$file" ] || continue
    sudoers="$sudoers$newline$(rights "$file" 2>&1)" || code=$?
  done
  show sudoers "$code" "$(printf '%s\\n' "$sudoers" | sed '/^$/d' | head -n 200)"
else
  show sudoers 0 ''
fi
central=$(grep -E '^(passwd|sudoers):' /etc/nsswitch.conf 2>/dev/null | grep -o -w -E 'sss|ldap|winbind|nis' | sort -u)
show central 0 "$central"
`;
