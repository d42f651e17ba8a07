/**
 * What runs as root on the host: `launch` takes the job out of the SSH session, `run` is what goes on there.
 *
 * - The lock is `begun`, a hard link that `run` makes to a file that already says who it is. So exactly one process
 *   runs the script, and one that was never launched leaves no lock: start it again. It is on the disk before the
 *   script's first line, so a power cut does not make it run again either.
 * - The exit code is the name of a file that was there before, because a full disk takes a new name and no new bytes.
 * - systemd takes what it starts out of the session and of sshd's unit; `KillMode=process` leaves alone what the
 *   script itself started to stay, such as a JVM. Without systemd a session of its own does.
 * - `sync` with a file is fsync; where it is not known, everything is written.
 */
const RUNNER = `
mode=$1 job=$2 script=$3 secrets=$4
has() { command -v "$1" >/dev/null 2>&1; }

launch() {
  case $(systemctl is-system-running 2>/dev/null) in
    running | degraded | starting | initializing | maintenance)
      systemd-run --quiet --collect --unit="msops-job-\${job##*/}" --property=KillMode=process \\
        /bin/sh "$0" run "$job" "$script" "$secrets" && return ;;
  esac
  session=nohup
  ! has setsid || session=setsid
  "$session" sh "$0" run "$job" "$script" "$secrets" </dev/null >/dev/null 2>&1 &
}

own_start() {
  IFS= read -r stat <"/proc/$$/stat" || return
  set -- \${stat##*) }
  shift 19
  printf '%s' "$1"
}

run() {
  exec </dev/null >>"$job/log" 2>&1
  cd / && umask 022
  PATH=\${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=\${HOME:-/root}
  export PATH HOME
  if [ -n "$secrets" ]; then
    . "$secrets"
    rm -f "$secrets" && [ ! -e "$secrets" ] || exit 1
  fi
  [ -e "$script" ] || exit 0
  IFS= read -r boot </proc/sys/kernel/random/boot_id
  printf '%s %s %s\\n' "$$" "$(own_start)" "$boot" >"$job/begun.$$" && : >"$job/ending.$$" || exit 1
  if ! ln "$job/begun.$$" "$job/begun"; then
    rm -f "$job/begun.$$" "$job/ending.$$" "$script"
    exit 0
  fi
  rm -f "$job/begun.$$"
  sync "$job/begun" "$job" 2>/dev/null || sync
  sh "$script" >>"$job/out" 2>&1
  mv -f "$job/ending.$$" "$job/exit-$?"
}

"$mode"
`;

/** `$1` is the id of the job. An answer begins with a line of `msops-job`. */
const SHARED = `
umask 077
spool=$HOME/.msops/jobs
job=$spool/$1
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
answer() { printf 'msops-job %s\\n' "$*"; }
`;

/** Is it there, the process that began the job? With `hidepid` only root sees; where root may not be asked: exit code 76. */
const ALIVE = `
stat_of() {
  if [ -r "/proc/$1/stat" ]; then IFS= read -r line <"/proc/$1/stat" && printf '%s' "$line"; return; fi
  [ ! -r /proc/1/stat ] || return
  as_root true || exit 76
  as_root cat "/proc/$1/stat"
}
is_alive() {
  read -r pid started boot rest <"$job/begun" || return 1
  IFS= read -r now </proc/sys/kernel/random/boot_id
  [ "$boot" = "$now" ] || return 1
  stat=$(stat_of "$pid" 2>/dev/null)
  [ $? != 76 ] || exit 76
  set -- \${stat##*) }
  [ $# -ge 20 ] && [ "$1" != Z ] && shift 19 && [ "$1" = "$started" ]
}
exit_code() {
  for ended in "$job"/exit-*; do
    [ -e "$ended" ] || return 1
    printf '%s' "\${ended##*-}"
  done
}
`;

/**
 * `$2` bytes of stdin are the secrets as shell assignments, the `$3` bytes after them the script.
 * Everything that is cut short on its way is thrown away, and `dd` with a block of one never reads too far.
 */
export const START_SCRIPT = `${SHARED}
id=$1 secret_bytes=$2 script_bytes=$3 script= secrets=
give_up() {
  cat >/dev/null
  rm -f "$script" "$secrets"
  printf '%s\\n' "$*" >&2
  exit 75
}
old() { (cd "$1" 2>/dev/null && shift && find . -maxdepth 1 "$@" 2>/dev/null); }
size_of() { set -- $(wc -c <"$1"); printf '%s' "$1"; }

in_memory() {
  for candidate in "\${XDG_RUNTIME_DIR:-}" "/run/user/$(id -u)" /dev/shm; do
    [ -n "$candidate" ] && [ -w "$candidate" ] || continue
    while read -r device mount type rest; do
      if [ "$mount" = "$candidate" ] && [ "$type" = tmpfs ]; then printf '%s' "$candidate"; return; fi
    done </proc/mounts
  done
}
take_secrets() {
  memory=$(in_memory)
  [ -n "$memory" ] || give_up 'no memory file system (tmpfs) on the host is writable, and secrets are never written to a disk'
  rm -f "$memory/msops-job.$id".*
  old "$memory" -name 'msops-job.*' -mmin +60 -exec rm -f '{}' ';'
  secrets=$(mktemp "$memory/msops-job.$id.XXXXXXXX") || give_up 'no file could be made in memory'
  dd bs=1 count="$secret_bytes" of="$secrets" 2>/dev/null
  [ "$(size_of "$secrets")" = "$secret_bytes" ] || give_up 'the job came incomplete'
}

mkdir -p "$job" || give_up 'no room for the job in the home directory'
if [ -e "$job/begun" ]; then
  cat >/dev/null
  answer started
  exit 0
fi
old "$spool" -type d -mtime +14 ! -name . -exec rm -rf '{}' ';'
[ "$secret_bytes" = 0 ] || take_secrets
script=$(mktemp "$job/script.XXXXXXXX") && cat >"$script"
[ "$(size_of "$script")" = "$script_bytes" ] || give_up 'the job came incomplete, or the disk is full'
: >>"$job/log" && : >>"$job/out"
cat >"$job/runner.$$" <<'MSOPS_RUNNER' && mv -f "$job/runner.$$" "$job/runner" || give_up 'no room for the job in the home directory'
${RUNNER}
MSOPS_RUNNER

complaint=$(as_root sh "$job/runner" launch "$job" "$script" "$secrets" 2>&1 </dev/null) || give_up "$complaint"
tries=0
while [ ! -e "$job/begun" ] && [ "$tries" -lt 100 ]; do
  sleep 0.1 2>/dev/null || sleep 1
  tries=$((tries + 1))
done
[ -e "$job/begun" ] || give_up "it did not begin: $complaint $(tail -c 300 "$job/log")"
answer started
`;

/** `$2`: bytes of output. A process that has just gone is asked for its exit code once more. */
export const LOOK_SCRIPT = `${SHARED}${ALIVE}
state() {
  [ -e "$job/begun" ] || { echo absent; return; }
  if code=$(exit_code); then echo "ended $code"; return; fi
  if is_alive; then echo running; return; fi
  if code=$(exit_code); then echo "ended $code"; else echo vanished; fi
}
found=$(state) || exit
answer "$found"
[ ! -e "$job/out" ] || tail -c "$2" "$job/out"
`;
