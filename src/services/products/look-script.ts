import { PRODUCT_SHELL } from './product-shell.ts';

/**
 * One look at a product's processes: its home, its unit (or nothing), how far its log was read (inode and bytes, or
 * nothing), and how many lines of the log to show. Changes nothing.
 *
 * - `pids`: each server with the seconds since it started.
 * - `pidfile`: `PID own`, `PID gone` or `PID other COMMAND`. The start script believes any process that has this number.
 * - `log`: inode and bytes. `started`: seconds since 1970 of the last line that says so, and `new` when it was written
 *   after what was read before.
 */
export const LOOK_SCRIPT = `${PRODUCT_SHELL}
home=$1 unit=$2 inode=$3 offset=$4 shown=$5
log=$home/repository/logs/wso2carbon.log

ticks=$(getconf CLK_TCK 2>/dev/null) || ticks=100
uptime=$(cat /proc/uptime 2>/dev/null)
age_of() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  set -- \${stat##*) }
  [ $# -ge 20 ] && [ -n "$uptime" ] || return 1
  shift 19
  echo $((\${uptime%%.*} - $1 / ticks))
}
server_ages() {
  found=$(servers "$home"); code=$?
  [ "$code" -le 1 ] || { printf '%s\\n' "$found"; return "$code"; }
  for pid in $found; do echo "$pid $(age_of "$pid")"; done
  return "$code"
}
pid_file() {
  text=$(cat "$home/wso2carbon.pid" 2>/dev/null) || return 1
  pid=$(printf '%s\\n' "$text" | head -n 1 | tr -cd 0-9)
  [ -n "$pid" ] || return 1
  command=$(arguments "$pid" | tr '\\n' ' ' | cut -c 1-200)
  [ -n "$command" ] || command=$(cat "/proc/$pid/comm" 2>/dev/null)
  case $command in
    '') echo "$pid gone" ;;
    *"$home"*) echo "$pid own" ;;
    *) echo "$pid other $command" ;;
  esac
}
second_of() {
  stamp=$(printf '%s\\n' "$1" | sed -n 's/.*\\[\\([0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9]\\)[ T]\\([0-9][0-9]:[0-9][0-9]:[0-9][0-9]\\)[,.][0-9]*\\].*/\\1 \\2/p')
  [ -n "$stamp" ] && date -d "$stamp" +%s 2>/dev/null
}
last_start() {
  line=$(tail -n 1) && [ -n "$line" ] && echo "$(second_of "$line" || echo -) $1"
}
starts_in() { grep -E 'started in [0-9.]+ sec'; }
started() {
  set -- $(stat -c '%i %s' "$log" 2>/dev/null)
  [ $# = 2 ] || return 1
  if [ "$1" = "$inode" ] && [ "$2" -ge "$offset" ]; then
    cat "$log" | tail -c "+$((offset + 1))" | starts_in | last_start new && return
  elif [ -n "$inode" ]; then
    cat "$log" | starts_in | last_start new && return
  fi
  cat "$log" | tail -c 4000000 | starts_in | last_start old
}
log_end() { cat "$log" | tail -n "$shown" | cut -c 1-300; }
unit_state() { systemctl show -p LoadState -p ActiveState -p SubState -p Result "$unit"; }

part now date +%s
part pids server_ages
part pidfile pid_file
part log stat -c '%i %s' "$log"
part started started
[ -z "$unit" ] || part unit unit_state
[ "$shown" = 0 ] || part tail log_end
show end 0
`;

/**
 * Asks a product to stop or start by the script of its own, whose exit code proves nothing: home and verb. Whatever the
 * script leaves behind keeps the file that takes its words, not our connection, and a session of its own.
 *
 * A pid file that names no process of the product would make `stop` end a stranger: then each server is asked by
 * SIGTERM, as the script would.
 */
export const ASK_SCRIPT = `${PRODUCT_SHELL}
home=$1 verb=$2 pidfile=$3

script_of() {
  there=$(find "$home/bin/" -maxdepth 1 -name '*.sh' 2>/dev/null)
  for script in api-manager.sh micro-integrator.sh integrator.sh wso2server.sh api-cp.sh gateway.sh traffic-manager.sh key-manager.sh; do
    case "$there$newline" in *"/$script$newline"*) echo "$script"; return ;; esac
  done
  return 1
}
run_script() {
  script=$(script_of) || { echo "none of the scripts of a WSO2 product is in $home/bin"; return 127; }
  words=$(mktemp) || words=/dev/null
  set -- sh -c 'exec "$@"' sh "$home/bin/$script" "$verb"
  ! has bash || { shift 4; set -- bash -lc 'exec "$@"' bash "$@"; }
  ! has setsid || set -- setsid "$@"
  bounded 90 "$@" >"$words" 2>&1
  code=$?
  head -c 2000 "$words"
  [ "$words" = /dev/null ] || rm -f "$words"
  return $code
}
end_servers() {
  for pid in $(servers "$home"); do env kill -TERM "$pid"; done
}

if [ "$verb" = stop ] && [ "$pidfile" != own ]; then part asked end_servers; else part asked run_script; fi
show end 0
`;
