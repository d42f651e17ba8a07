# shellcheck shell=bash
# What the machine must be, and what it must have.

cannot_run() {
  say "this machine cannot run the fleet: $*"
  exit 69 # EX_UNAVAILABLE: never a pass by skipping
}

require_machine() {
  [ "$(uname -s)" = Linux ] || cannot_run "it needs Linux (on $(uname -s): a Linux virtual machine)"
  [ "$(id -u)" = 0 ] || cannot_run "it needs root (namespaces, mounts): sudo npm run test:fleet"
  install_packages
  unshare --mount --net --pid --uts --ipc --cgroup --time --fork true 2>/dev/null ||
    cannot_run "namespaces are not allowed here (in a container: it needs --privileged)"
  [ -c /dev/net/tun ] || modprobe tun 2>/dev/null || true
  [ -c /dev/net/tun ] || cannot_run "there is no /dev/net/tun, which WireGuard in user space needs"
}

# Missing commands by the package that brings them. wireguard-tools: `wg` is what the bot itself asks. postfix and SASL:
# the mail server of mail.test.ts, with a configuration of its own. prometheus and prometheus-alertmanager: started by the
# tests on ports of their own.
install_packages() {
  local missing=() pair
  for pair in unshare:util-linux ip:iproute2 mmdebstrap:mmdebstrap ssh:openssh-client ssh-keygen:openssh-client \
    gpgv:gpgv flock:util-linux wg:wireguard-tools ps:procps postfix:postfix saslpasswd2:sasl2-bin \
    saslpasswd2:libsasl2-modules prometheus:prometheus prometheus-alertmanager:prometheus-alertmanager; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || cannot_run "it lacks ${missing[*]}, and there is no apt-get to install them"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null 2>&1 ||
    { apt-get -qq update && apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null; } ||
    cannot_run "apt-get could not install ${missing[*]}"
}

# A cgroup2 directory that we may make directories in: systemd as PID 1 needs one.
cgroup_root() {
  local dir
  for dir in /sys/fs/cgroup/unified /sys/fs/cgroup "/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)"; do
    if [ -w "$dir/cgroup.procs" ]; then
      echo "$dir"
      return
    fi
  done
  cannot_run "there is no cgroup2 that may be written, which systemd in the hosts needs"
}

# systemd takes 7 inotify instances a host; past the limit boots stall without a clear error.
require_inotify() { # NUMBER of systemd hosts
  local limit
  limit=$(</proc/sys/fs/inotify/max_user_instances)
  [ $(($1 * 7 + 20)) -le "$limit" ] ||
    die "$1 systemd hosts need $(($1 * 7 + 20)) inotify instances, fs.inotify.max_user_instances is $limit: add hosts with --init mini"
}
