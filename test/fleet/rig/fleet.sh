#!/bin/bash
# fleet.sh - a fleet of real Debian hosts on one machine, for the tests. No container engine, no images.
#
#   fleet.sh build                    the base file system and our layer over it (cached; the first time about a minute)
#   fleet.sh up [-a N] [-b N] [--init systemd|mini] [--no-product] [--share DIR] [--tie PID]
#                                     starts what is not there yet; again: adds hosts only.
#                                     --share: DIR is /opt/msops in the bot's host, read-only
#                                     --tie: the fleet ends with that process, however that ends
#   fleet.sh down                     ends everything; nothing stays but the cache
#   fleet.sh status                   the hosts: name|role|init|address|up or off
#   fleet.sh exec HOST CMD...         as root in the host (no SSH)
#   fleet.sh run CMD...               CMD of this machine, in the bot's network (only the network differs)
#   fleet.sh ssh HOST [CMD...]        by OpenSSH from the bot's network
#   fleet.sh install HOST [SET]       packages that the base leaves out: patching (unattended-upgrades, needrestart), haproxy or accounts (acl)
#   fleet.sh start|stop|kill|reboot HOST   stop: orderly; kill: as a power cut; reboot: same disk, new boot
#   fleet.sh vpn up|down              the bot's tunnel to the b hosts
#   fleet.sh fault NAME HOST [ARG...] `fleet.sh fault` lists them; `fleet.sh heal HOST` undoes every one
#
#        bot -- wan 10.213.0.0/24 -- bastion -- lan-a 10.213.4.0/24 -- a1 a2 ...  (SSH through the bastion only)
#                      \------------ vpngw ---- lan-b 10.213.8.0/24 -- b1 b2 ...  (a WireGuard tunnel only)
#
# One process, the world (PID 1 of a pid namespace, with mount, network, uts and ipc namespaces of its own), holds
# everything: bridges, disks (a tmpfs each) and the hosts, each with namespaces of its own below it. Nothing is mounted,
# named or routed outside, so ending that one process ends it all. There is no way out: no host has a route or an
# interface to the machine's own network.
#
# Needs Linux, root and Debian's packages (installed when missing). Exit code 69: this machine cannot run a fleet.
# Variables: FLEET_DIR (cache, /var/cache/msops-fleet), FLEET_RUN (state of one fleet; another one for a second fleet),
#            FLEET_NET (10.213), FLEET_SUITE (bookworm).
set -euo pipefail
RIG=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
SELF=$RIG/fleet.sh
export FLEET_DIR=${FLEET_DIR:-/var/cache/msops-fleet}
export FLEET_RUN=${FLEET_RUN:-$FLEET_DIR/run} FLEET_NET=${FLEET_NET:-10.213} FLEET_SUITE=${FLEET_SUITE:-bookworm}
export PATH=$PATH:/usr/sbin:/sbin
# shellcheck disable=SC2034 # used by the parts
RUN=$FLEET_RUN NET=$FLEET_NET
# shellcheck disable=SC2034
WORLD=$RUN/world # a tmpfs that only the world sees: disks, roots and states of the hosts

say() { echo "fleet: $*" >&2; }
die() {
  say "$*"
  exit 1
}
# The nth field of a host: name|role|init|nics
host_field() { awk -F'|' -v name="$1" -v field="$2" '$1 == name { print $field }' "$RUN/hosts"; }
# The address of a host's first plug.
address_of() { host_field "$1" 4 | sed 's/^[^:]*://; s,/.*,,'; }

for part in machine base packages keys outside world boot vpn faults; do
  # shellcheck source=/dev/null
  . "$RIG/$part.sh"
done

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  build | up | down | status | exec | run | ssh | install) "cmd_$command" "$@" ;;
  fault) if [ $# -gt 1 ]; then need "$2" && in_world __fault "$@"; else list_faults; fi ;;
  start | stop | kill | reboot | heal) need "${1:-}" && in_world "__$command" "$@" ;;
  vpn) need vpngw && in_world __vpn "$@" ;;
  __*) "$command" "$@" ;; # the rig calling itself, inside
  *)
    sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$SELF"
    exit 64
    ;;
esac
