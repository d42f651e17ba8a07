import { PROBE_SHELL } from '../../domain/probe-shell.ts';
import { SERVER_SHELL } from '../../domain/server-shell.ts';

/**
 * What runs on a host: POSIX sh, nothing installed, nothing written, programs found by PATH.
 *
 * `PROBE_SHELL` tells how the output looks; the last line is `end=0`.
 *
 * - `together` runs the parts side by side without temporary files (the disk may be full): every part but one writes
 *   into the next one's pipe, which is emptied in order. Parts come as records of four parameters. What cannot hang is
 *   read before, by as few programs as can be: each costs a host more than all that the shell does by itself.
 * - Parts read `/proc` by `cat`. They end within 5 s (a stuck `sudo`, `df` or port must not cost the other parts).
 * - Only what is read is sent, and all of it at once: each write of the script is a packet through every hop. Of a
 *   mount that is its type and `ro` or `rw`, which is the first option; kernel filesystems without blocks are left out.
 * - `df` of GNU tells blocks and inodes at once, any other is asked twice; when a dead NFS server hangs it, it is asked
 *   again for the local ones (`-l`), which never touches the network.
 * - Nothing else runs between the two reads of `/proc/stat`, or a small host would measure the probe.
 * - The heap comes from the perf data file that every HotSpot JVM keeps: no JVM is started on the host. `jcmd`, which
 *   starts one, is asked only when there is no such file.
 */
export const PROBE_SCRIPT = `${PROBE_SHELL}
as_user() {
  user=$1; shift
  if [ "$(id -un 2>/dev/null)" = "$user" ]; then bounded "$limit" "$@"; else bounded "$limit" sudo -n -u "$user" "$@"; fi
}

limit=2

count_cores() { # in $1, as /proc/stat has them: a line each after the first
  left=\${1#*"$newline"} cores=0
  while :; do
    case $left in cpu[0-9]*) cores=$((cores + 1)); left=\${left#*"$newline"} ;; *) break ;; esac
  done
}
memory_lines() { # of $1
  lines=
  for field in MemTotal: MemAvailable:; do
    case $newline$1 in *"$newline$field"*) rest=\${1#*"$field"}; lines="$lines$field\${rest%%"$newline"*}$newline" ;; esac
  done
  printf '%s' "$lines"
}
probe_system() { # the second reading of /proc/stat
  if seen=$(cat /proc/meminfo /proc/loadavg /proc/uptime 2>/dev/null); then
    show uptime 0 "\${seen##*"$newline"}"
    seen=\${seen%"$newline"*}
    show load 0 "\${seen##*"$newline"}"
    part memory memory_lines "$seen"
  else
    part uptime cat /proc/uptime
    part load cat /proc/loadavg
    part memory cat /proc/meminfo
  fi
  count_cores "$1"
  if [ "$cores" -gt 0 ]; then show cores 0 "$cores"; else part cores nproc; fi
}

mount_lines() {
  sed -e '/^[^ ]* [^ ]* cgroup2* /d' -e '/^[^ ]* [^ ]* nsfs /d' -e '/^[^ ]* [^ ]* proc /d' \\
    -e 's/^\\([^ ]* [^ ]* [^ ]* r[ow]\\)[, ].*/\\1/' /proc/mounts
}
local_disks() {
  part localdisks bounded 3 df -P -k -l
  part inodes bounded 2 df -P -i -l
}
probe_disks() {
  mounts=$(mount_lines 2>&1); code=$?
  show mounts "$code" "$mounts"
  case "$mounts$newline" in *" ro$newline"*) part fstab cat /etc/fstab ;; esac
  table=$(bounded 3 df -k --output=source,size,pcent,itotal,ipcent,target 2>&1); code=$?
  case $code/$table in
    124/*) show disks "$code" ''; local_disks ;;
    */*'Mounted on'*) show filesystems "$code" "$table" ;;
    *)
      blocks=$(bounded 3 df -P -k 2>&1); code=$?
      show disks "$code" "$blocks"
      if [ "$code" = 124 ]; then local_disks; else part inodes bounded 2 df -P -i; fi ;;
  esac
}

${SERVER_SHELL}
processes() { # $1: who sees all of the product's, when the login user does not
  seen=$(ps -eww -o pid= -o args= 2>/dev/null || ps -o pid,args)
  if printf '%s\\n' "$seen" | grep -q '^ *1 '; then printf '%s\\n' "$seen"; else as_user "$1" ps -eww -o pid= -o args=; fi
}
arguments() { { cat "/proc/$1/cmdline" 2>/dev/null || as_user "$2" cat "/proc/$1/cmdline" 2>/dev/null; } | tr '\\000' '\\n'; }

encode() { if has gzip; then gzip -c -n | armor; else armor; fi; }
armor() { if has base64; then base64; else od -An -v -tx1; fi; }
perf_data() {
  nothing=$(: | encode)
  for directory in "/proc/$1/root/tmp" /tmp; do
    file=$directory/hsperfdata_$2/$1
    encoded=$(as_user "$2" cat "$file" 2>/dev/null | encode)
    if [ "$encoded" != "$nothing" ]; then printf '%s\\n' "$encoded"; return 0; fi
  done
  as_user "$2" cat "$file" && return 1
}
heap_info() {
  java=$(as_user "$2" readlink "/proc/$1/exe" 2>/dev/null) || return 1
  limit=4
  as_user "$2" "\${java%/*}/jcmd" "$1" GC.heap_info
}
probe_product() {
  pids=$(servers "$2" "$3" 2>&1); code=$?
  show "pid.$1" "$code" "$pids"
  [ "$code" = 0 ] || return 0
  pid=$(printf '%s\\n' "$pids" | head -n 1)
  heap=$(perf_data "$pid" "$3" 2>&1); code=$?
  show "heap.$1" "$code" "$heap"
  case $code in 0 | 124) ;; *) part "heapinfo.$1" heap_info "$pid" "$3" ;; esac
}

ask() {
  url=$1; check=$2
  if has curl; then
    set -- curl -q -s -o /dev/null -w '%{http_code}' --max-time 5 --noproxy '*'
    case $check in insecure) set -- "$@" -k ;; /*) set -- "$@" --cacert "$check" ;; esac
    "$@" "$url"
  elif has wget; then
    set -- wget -q -S -O /dev/null -T 5
    case $check in insecure) set -- "$@" --no-check-certificate ;; /*) set -- "$@" "--ca-certificate=$check" ;; esac
    bounded 5 "$@" "$url"
  else
    echo 'neither curl nor wget'; return 127
  fi
}
probe_health() { part "health.$1" ask "$2" "$3"; }

together() {
  [ $# -ge 4 ] || return 0
  kind=$1 first=$2 second=$3 third=$4
  shift 4
  if [ $# -lt 4 ]; then "probe_$kind" "$first" "$second" "$third"; return; fi
  "probe_$kind" "$first" "$second" "$third" | { others=$(together "$@"); cat; printf '%s\\n' "$others"; }
}

before=$(cat /proc/stat 2>&1); before_code=$?
sleep 0.3 2>/dev/null || sleep 1
after=$(cat /proc/stat 2>&1); after_code=$?
report=$(
  show cpu1 "$before_code" "\${before%%"$newline"*}"
  show cpu2 "$after_code" "\${after%%"$newline"*}"
  probe_system "$after"
  together disks 0 '' '' "$@"
  show end 0
)
printf '%s\\n' "$report"
`;
