# shellcheck shell=bash disable=SC2016
# Inside the world: the switch, and the life of each host as seen from outside of it.

__world() { # PID 1: holds the switch and the disks, reaps, and does nothing else
  hostname fleet-world
  mount -t tmpfs -o mode=755 fleet-world "$WORLD"
  mkdir -p "$WORLD"/{disk,root,state}
  mount -t tmpfs -o mode=755 fleet-run /run
  mkdir -p /run/netns
  ip link set lo up
  local bridge
  for bridge in wan lan-a lan-b; do
    ip link add "$bridge" type bridge mcast_snooping 0
    ip link set "$bridge" up
  done
  trap 'exit 0' TERM
  : >"$RUN/world.ready"
  while :; do
    sleep 3600 &
    wait $!
  done
}

__populate() { # every host of the list that is not there yet; then waits until each answers
  local name nics fresh=()
  while IFS='|' read -r name _ _ nics; do
    [ ! -e "$WORLD/state/$name.on" ] || continue
    fresh+=("$name")
    plug_in "$name" "$nics"
    mkdir -p "$WORLD/disk/$name" "$WORLD/root/$name"
    mount -t tmpfs -o size=1g,mode=755 "disk-$name" "$WORLD/disk/$name"
    mkdir "$WORLD/disk/$name"/{upper,work}
    __start "$name"
  done <"$RUN/hosts"
  for name in "${fresh[@]}"; do wait_ready "$name"; done
  for name in "${fresh[@]}"; do [ "$name" != vpngw ] || __vpn up; done
}

plug_in() { # NAME NICS: a network namespace with a plug for each nic (bridge:address)
  local name=$1 nic i=0
  ip netns add "$name"
  ip netns exec "$name" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 2>/dev/null || true
  ip -n "$name" link set lo up
  for nic in $2; do
    ip link add "$name.$i" type veth peer name "eth$i" netns "$name"
    ip link set "$name.$i" master "${nic%%:*}" up
    ip -n "$name" addr add "${nic#*:}" dev "eth$i"
    ip -n "$name" link set "eth$i" up
    i=$((i + 1))
  done
  case $name in b[0-9]*) ip -n "$name" route add default via "$NET.8.1" ;; esac
}

__start() {
  [ "$(cat "$WORLD/state/$1.on" 2>/dev/null)" != 1 ] || return 0
  echo 1 >"$WORLD/state/$1.on"
  setsid "$SELF" __supervise "$1" </dev/null >>"$RUN/logs/$1.log" 2>&1 &
}

# Boots it, and again when it reboots (the kernel tells: its PID 1 dies by SIGHUP); any other end is "off".
__supervise() {
  local name=$1 code up
  while :; do
    read -r up _ </proc/uptime
    code=0
    (
      into_cgroup "$name"
      exec ip netns exec "$name" unshare --mount --propagation private --pid --uts --ipc --cgroup \
        --time --boottime "-${up%%.*}" --fork --kill-child "$SELF" __boot "$name"
    ) || code=$?
    rm -f "$WORLD/state/$name.pid"
    [ "$code" = 129 ] || break
  done
  echo "off, code $code"
  echo 0 >"$WORLD/state/$name.on"
}

host_pid() { cat "$WORLD/state/$1.pid" 2>/dev/null || die "$1 is off"; }

# Through the host's own fleet-enter: it is in no other root, so a command can never land in the machine's by mistake.
# In a session of its own: process groups reach over namespaces, and `kill 0` in a host would end the tests.
__exec() {
  local pid
  pid=$(host_pid "$1")
  shift
  exec nsenter -t "$pid" -m -u -i -n -p -C -T -r -w -- /usr/local/sbin/fleet-enter setsid --wait "$@"
}
in_host() { (__exec "$@"); }

answers() { # a banner of SSH, or for a host without it the end of its start
  case $(host_field "$1" 2) in
    bot | vpngw) in_host "$1" test -d /run/lock 2>/dev/null ;;
    *) nsenter --net="/run/netns/$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/22 && IFS= read -r -t 2 line <&3 && [[ $line == SSH-* ]]' 2>/dev/null ;;
  esac
}
wait_ready() {
  for _ in $(seq 1200); do
    ! answers "$1" || return 0
    sleep 0.05
  done
  die "$1 does not answer after a minute: $(tail -n 5 "$RUN/logs/$1.log")"
}
wait_off() {
  for _ in $(seq 1200); do
    [ "$(<"$WORLD/state/$1.on")" != 0 ] || return 0
    sleep 0.05
  done
  die "$1 does not stop"
}

__kill() {
  kill -KILL "$(host_pid "$1")"
  wait_off "$1"
}

__stop() {
  local signal=TERM
  [ "$(host_field "$1" 3)" != systemd ] || signal=RTMIN+4 # poweroff.target
  kill -s "$signal" "$(host_pid "$1")"
  wait_off "$1"
}

__reboot() { # HOST [--hard]
  if [ "${2:-}" = --hard ]; then __kill "$1"; else __stop "$1"; fi
  __start "$1"
  wait_ready "$1"
}

__status() {
  local name role init state
  while IFS='|' read -r name role init _; do
    state=off
    [ ! -s "$WORLD/state/$name.pid" ] || state=up
    echo "$name|$role|$init|$(address_of "$name")|$state"
  done <"$RUN/hosts"
}
