# shellcheck shell=bash disable=SC2016 # what is in single quotes expands in the host
# What breaks in the field, done for real. Each line of the `case` below is one fault; `heal` undoes them all.

list_faults() { sed -n 's/^    \([a-z-]*\)) # \(.*\)/  \1: \2/p' "$RIG/faults.sh"; }

__fault() { # NAME HOST [ARG...]
  local fault=$1 host=$2
  shift 2
  case $fault in
    link-down) # the cable is out: packets vanish, nothing answers
      ip link set "$host.0" down ;;
    blackhole) # [PORT=22] drops what comes in for it, open connections too
      in_host "$host" iptables -I INPUT -p tcp --dport "${1:-22}" -j DROP ;;
    reject) # [PORT=22] answers with a reset
      in_host "$host" iptables -I INPUT -p tcp --dport "${1:-22}" -j REJECT --reject-with tcp-reset ;;
    firewall) # CIDR only this source may open connections to port 22, every other is dropped
      in_host "$host" iptables -I INPUT -p tcp --dport 22 ! -s "$1" -j DROP ;;
    vpn-silent) # HOST is vpngw: the far end goes silent, the bot's interface stays up
      in_host "$host" iptables -I INPUT -p udp --dport 51820 -j DROP ;;
    allow-users) # PATTERN sshd lets in only these, e.g. ops@192.0.2.0/24; every other sees what a wrong key sees
      sshd_option "$host" "AllowUsers $1" ;;
    no-forwarding) # sshd refuses to forward, as a bastion with AllowTcpForwarding no
      sshd_option "$host" "AllowTcpForwarding no" ;;
    no-key) # the key of ops is no longer authorized
      in_host "$host" mv /home/ops/.ssh/authorized_keys /home/ops/.ssh/authorized_keys.off ;;
    no-sudo) # ops may no longer become another user
      in_host "$host" mv /etc/sudoers.d/ops /etc/fleet/sudoers.off ;;
    ssh-hang) # sshd is stopped with all its sessions: TCP connects, no banner comes
      in_host "$host" pkill -STOP -x sshd ;;
    ssh-stop) # connection refused; open sessions stay
      in_host "$host" service ssh stop ;;
    ssh-restart) # every session through it breaks, as when a bastion is rebooted
      in_host "$host" sh -c 'pkill -KILL -x sshd; service ssh restart' && wait_ready "$host" ;;
    host-key) # a new host key, as after a reinstall or with someone in between
      new_host_key "$host" ;;
    disk-full) # [LEAVE_KB=0] / has no more room: the disk shrinks to what is used
      mount -o "remount,size=$(($(df -k --output=used "$WORLD/disk/$host" | tail -n 1) + ${1:-0}))k" "$WORLD/disk/$host" ;;
    hung-command) # COMMAND hangs until it is killed, for whoever calls it: df on a dead NFS server
      hang_command "$host" "$1" ;;
    product) # PATH?QUERY a fault of the product itself: heap?mb=40, health?code=500, slow?ms=9000, oom, exit
      in_host "$host" curl -fsS -X POST "http://127.0.0.1:9763/_fault/$1" ;;
    *) die "there is no fault $fault: $(list_faults)" ;;
  esac
}

sshd_option() { # HOST LINE
  in_host "$1" sh -c 'echo "$1" >/etc/ssh/sshd_config.d/01-fault.conf; service ssh reload' - "$2"
}

new_host_key() {
  in_host "$1" sh -c 'rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key; service ssh restart'
  wait_ready "$1"
}

hang_command() { # HOST COMMAND, e.g. df
  in_host "$1" sh -c 'printf "#!/bin/sh\nexec sleep 3600\n" >"/usr/local/bin/$1"; chmod 755 "/usr/local/bin/$1"; echo "$1" >>/etc/fleet/hung' - "$2"
}

__heal() {
  local host=$1
  ip link set "$host.0" up
  mount -o remount,size=1g "$WORLD/disk/$host"
  [ -s "$WORLD/state/$host.pid" ] || __start "$host"
  wait_up "$host"
  in_host "$host" iptables -F INPUT
  in_host "$host" pkill -CONT -x sshd || true
  in_host "$host" /usr/local/sbin/fleet-heal
  [ "$(host_field "$host" 2)" = bot ] || [ "$(host_field "$host" 2)" = vpngw ] || restore_ssh "$host"
  wait_ready "$host"
}

wait_up() { # until a command can be run in it
  for _ in $(seq 600); do
    ! in_host "$1" test -d /run/lock 2>/dev/null || return 0
    sleep 0.05
  done
  die "$1 does not start"
}

restore_ssh() { # its own host key again, and sshd as it was; restarted only when something was changed
  local changed=''
  in_host "$1" test ! -e /etc/ssh/sshd_config.d/01-fault.conf || changed=1
  [ "$(in_host "$1" cat /etc/ssh/ssh_host_ed25519_key.pub)" = "$(cat "$(host_key "$1").pub")" ] || changed=1
  in_host "$1" rm -f /etc/ssh/sshd_config.d/01-fault.conf
  if [ -n "$changed" ] || ! answers "$1"; then
    install_host_key "$1" "/proc/$(host_pid "$1")/root"
    in_host "$1" service ssh restart
  fi
}
