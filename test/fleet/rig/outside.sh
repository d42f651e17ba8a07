# shellcheck shell=bash disable=SC2016
# The fleet as seen from the machine: start it, end it, reach into it.

# The world's first process, if it is ours still: a pid alone may have been given to another.
alive() {
  local pid
  pid=$(cat "$RUN/world.pid" 2>/dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF "$SELF __world $RUN" &&
    [ -s "$RUN/world.init" ] && [ -d "/proc/$(<"$RUN/world.init")" ]
}

need() { # [HOST]
  alive || die "no fleet is up"
  [ -z "${1:-}" ] || [ -n "$(host_field "$1" 1)" ] || die "there is no host $1"
}

in_world() { nsenter -t "$(<"$RUN/world.init")" -m -n -p -u -i -- "$SELF" "$@"; }

into_cgroup() { # NAME: this process, and what it starts, belong to that host
  local dir
  dir=$(<"$RUN/cgroup")
  mkdir -p "$dir/$1"
  echo "$BASHPID" >"$dir/$1/cgroup.procs"
}

cmd_up() {
  local a=3 b=0 init=systemd role=product share='' tie=''
  while [ $# -gt 0 ]; do
    case $1 in
      -a) a=$2 && shift 2 ;;
      -b) b=$2 && shift 2 ;;
      --init) init=$2 && shift 2 ;;
      --no-product) role=host && shift ;;
      --share) share=$2 && shift 2 ;;
      --tie) tie=$2 && shift 2 ;;
      *) die "up: what is $1?" ;;
    esac
  done
  cmd_build
  (
    flock 9
    alive || start_world "$share"
    [ -z "$tie" ] || tie_to "$tie"
    want_hosts "$a" "$b" "$init" "$role"
    make_host_keys
    write_client_files
    (into_cgroup world && in_world __populate) 9>&-
  ) 9>"$RUN.lock"
}

start_world() { # SHARE
  local pid cgroup
  end_world
  mkdir -p "$RUN"/{keys,hostkeys,logs,wireguard} "$WORLD"
  chmod 700 "$RUN"
  ssh-keygen -q -t ed25519 -N '' -C ops@fleet.test -f "$RUN/keys/ops"
  cgroup=$(cgroup_root)/fleet-$(echo "$RUN" | sha256sum | cut -c1-8)
  mkdir -p "$cgroup"
  echo "$cgroup" >"$RUN/cgroup"
  echo "$1" >"$RUN/share"
  echo "$(layer_dir)/upper:$(base_dir)" >"$RUN/layers" # a running fleet keeps its layers
  (
    into_cgroup world
    exec setsid unshare --mount --propagation private --net --pid --uts --ipc --fork --kill-child --mount-proc "$SELF" __world "$RUN"
  ) </dev/null >"$RUN/logs/world.log" 2>&1 9>&- &
  pid=$!
  echo "$pid" >"$RUN/world.pid"
  for _ in $(seq 500); do
    [ ! -e "$RUN/world.ready" ] || break
    [ -d "/proc/$pid" ] || die "the world did not start: $(cat "$RUN/logs/world.log")"
    sleep 0.02
  done
  tr -d ' ' <"/proc/$pid/task/$pid/children" >"$RUN/world.init"
}

tie_to() { # PID
  setsid bash -c '
    ours() { [ "$(cat "$3/world.pid" 2>/dev/null)" = "$4" ]; }
    while kill -0 "$1" 2>/dev/null; do ours "$@" || exit 0; sleep 0.5; done
    ours "$@" && exec "$2" down' tie "$1" "$SELF" "$RUN" "$(<"$RUN/world.pid")" </dev/null >/dev/null 2>&1 9>&- &
}

# Adds to the list of hosts, name|role|init|nics; a host that is there already stays what it is.
want_hosts() { # A B INIT ROLE
  local i
  {
    cat "$RUN/hosts" 2>/dev/null || true
    echo "bot|bot|systemd|wan:$NET.0.10/24"
    echo "bastion|bastion|systemd|wan:$NET.0.20/24 lan-a:$NET.4.1/24"
    [ "$2" = 0 ] || echo "vpngw|vpngw|mini|wan:$NET.0.30/24 lan-b:$NET.8.1/24"
    for ((i = 1; i <= $1; i++)); do echo "a$i|$4|$3|lan-a:$NET.4.$((i + 10))/24"; done
    for ((i = 1; i <= $2; i++)); do echo "b$i|$4|$3|lan-b:$NET.8.$((i + 10))/24"; done
  } | awk -F'|' '!seen[$1]++' >"$RUN/hosts.new"
  mv "$RUN/hosts.new" "$RUN/hosts"
  require_inotify "$(grep -c '|systemd|' "$RUN/hosts")"
}

cmd_down() {
  [ -d "$RUN" ] || return 0
  (
    flock 9
    end_world
  ) 9>"$RUN.lock"
  rm -f "$RUN.lock"
}

end_world() {
  local pid dir
  [ -d "$RUN" ] || return 0
  if alive; then
    pid=$(<"$RUN/world.init")
    kill -KILL "$(<"$RUN/world.pid")" 2>/dev/null || true
    for _ in $(seq 1500); do
      [ -d "/proc/$pid" ] || break
      sleep 0.02
    done
  fi
  dir=$(cat "$RUN/cgroup" 2>/dev/null || true)
  for _ in $(seq 250); do # a process that was just killed still holds its cgroup for a moment
    [ -d "$dir" ] || break
    find "$dir" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.02
  done
  rm -rf "${RUN:?}"
}

cmd_status() {
  need
  in_world __status
}

cmd_exec() {
  need "$1"
  in_world __exec "$@"
}

# In the bot's network. WireGuard in user space is asked by a socket, so the bot host's sockets are put in their place.
cmd_run() {
  need
  exec nsenter --net="/proc/$(<"$RUN/world.init")/root/run/netns/bot" -- \
    unshare --mount --propagation private -- "$SELF" __run "$@"
}

__run() {
  mkdir -p /run/wireguard
  mount --bind "$RUN/wireguard" /run/wireguard
  exec "$@"
}

cmd_ssh() {
  need "$1"
  cmd_run ssh -F "$RUN/ssh_config" "$@"
}
