/**
 * How the scripts for accounts begin: POSIX sh, run as root, `$grant` and `$user` set. Each line of theirs is
 * `msops-account WORD|…`; a last `msops-account end` says that nothing was cut off.
 *
 * Only one of them works on a host at a time. What has been ended on a host is remembered there until its next boot, so
 * that a `make` that was left hanging cannot make it again.
 */
export const ACCOUNT_SHELL = `
LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
umask 022
set -f
cd / && exec </dev/null
run=/run/msops-access state=/var/lib/msops/access failing=

say() { printf 'msops-account %s\\n' "$1"; }
note() { say "note|$1|$2"; }
has() { command -v "$1" >/dev/null 2>&1; }
bounded() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }
one_line() { tr '\\n' ' ' | cut -c 1-200; }
undo() { :; }
fail() {
  trap - EXIT HUP INT TERM
  # What fails while it is undone is not undone again, or it would never end.
  [ -n "$failing" ] || { failing=yes; undo; }
  say "fail|$1|$2"
  say end
  exit 0
}
finish() {
  trap - EXIT HUP INT TERM
  say end
  exit 0
}
pause() { sleep "$1" 2>/dev/null || sleep 1; }

alone() {
  # Whoever reads the answer may be gone; what has begun goes on to its end.
  trap '' PIPE
  case $user in msro-?*) ;; *) fail not_ours "$user" ;; esac
  mkdir -p "$run" "$state" && chmod 700 "$run" "$state" || fail read_only "$run, $state"
  has flock || return 0
  exec 9>"$run/lock"
  flock -w 30 9 || fail busy "$run/lock"
}

# Commands of the accounts' files wait for one another, and give up too soon: three more tries.
patiently() {
  tries=0
  while :; do
    said=$("$@" 2>&1) && return 0
    code=$?
    case $said in *lock*) ;; *) return "$code" ;; esac
    tries=$((tries + 1))
    [ "$tries" -lt 4 ] || return "$code"
    sleep 1
  done
}

# Of the account: $uid $home $comment. Exit code 1: there is none.
find_account() {
  if has nscd; then nscd -i passwd -i group >/dev/null 2>&1; fi
  entry=$(getent passwd "$user")
  case $? in
    0) ;;
    2) return 1 ;;
    *) fail unreadable 'getent passwd' ;;
  esac
  IFS=: read -r name secret uid gid comment home login_shell <<entry
$entry
entry
  [ "$name" = "$user" ] || fail unreadable "getent passwd: $name"
  comment=$(printf '%s' "$comment" | cut -d , -f 1)
}
own_account() {
  [ "$comment" = "msops grant $grant" ] || fail not_ours "$comment"
  case $uid in '' | *[!0-9]*) fail unreadable "uid $uid" ;; esac
  [ "$uid" -ge 500 ] || fail not_ours "uid $uid"
  [ "$(getent passwd | awk -F : -v uid="$uid" '$3 == uid' | wc -l)" -le 1 ] || fail shared_uid "$uid"
  [ "$home" = "/home/$user" ] || fail not_ours "$home"
}

# What sshd would do with a login of this user from where we come from. Empty: nobody knows.
ask_sshd() {
  settings=$(bounded 20 sshd -T -C "user=$user,host=$1,addr=$1" 2>/dev/null) || settings=
}
setting() { printf '%s\\n' "$settings" | sed -n "s/^$1 //p"; }
# The files in which sshd looks for keys of this user alone, one a line.
key_files() {
  patterns=$(setting authorizedkeysfile)
  for pattern in \${patterns:-.ssh/authorized_keys .ssh/authorized_keys2}; do
    case $pattern in
      none) continue ;;
      /*%[uhU]* | %h*) ;;
      /*) continue ;;
      *) pattern="%h/$pattern" ;;
    esac
    printf '%s\\n' "$pattern" | sed "s,%h,/home/$user,g;s,%u,$user,g;s,%U,$uid,g;s,%%,%,g"
  done
}
`;
