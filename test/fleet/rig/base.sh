# shellcheck shell=bash disable=SC2016
# The file systems: a Debian base (cached), our layer over it (seconds to make), each host's own disk over both.

# python3 and rsyslog are left out on purpose: a customer's minimal host has neither.
PACKAGES=openssh-server,openssh-client,sudo,procps,psmisc,curl,ca-certificates,iproute2,iputils-ping,netcat-openbsd
PACKAGES=$PACKAGES,gpg,gpg-agent,gpgconf,cron,wireguard-go,wireguard-tools,iptables,systemd,systemd-sysv,dbus,libpam-systemd,default-jdk-headless

base_dir() { echo "$FLEET_DIR/base-$(echo "1 $FLEET_SUITE $PACKAGES" | sha256sum | cut -c1-12)"; }
layer_dir() {
  echo "$FLEET_DIR/layer-$( (base_dir && cd "$RIG" && find base.sh carbon guest -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12)"
}
privately() { unshare --mount --propagation private --fork "$@"; }

cmd_build() {
  require_machine
  mkdir -p "$FLEET_DIR"
  (
    flock 8
    build_base
    build_layer
    build_extra patching
    build_extra haproxy
    build_extra accounts
  ) 8>"$FLEET_DIR/build.lock"
}

# The machine's own apt source, so that a mirror set up there is used here too.
apt_source() {
  local uri
  uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    awk -v suite="$FLEET_SUITE" '$2 == suite { print $1; exit }')
  echo "${uri:-http://deb.debian.org/debian}"
}

build_base() {
  local dir source
  dir=$(base_dir)
  [ ! -d "$dir" ] || return 0
  source=$(apt_source)
  say "bootstrapping $FLEET_SUITE (once; about a minute)"
  rm -rf "$dir.new"
  # man1 by hand: the alternatives of the JDK want to link into it
  mmdebstrap --mode=root --variant=minbase --include="$PACKAGES" --format=directory \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --essential-hook='mkdir -p "$1/usr/share/man/man1"' \
    "$FLEET_SUITE" "$dir.new" "deb $source $FLEET_SUITE main" 2>"$FLEET_DIR/bootstrap.log" || {
    tail "$FLEET_DIR/bootstrap.log" >&2
    die "the bootstrap failed: $FLEET_DIR/bootstrap.log"
  }
  mv "$dir.new" "$dir"
}

build_layer() {
  local layer
  layer=$(layer_dir)
  [ ! -d "$layer" ] || return 0
  rm -rf "$layer.new"
  mkdir -p "$layer.new"/{upper,work,root}
  privately "$SELF" __layer "$layer.new" "$(base_dir)"
  mkdir "$layer"
  mv "$layer.new/upper" "$layer/upper"
  rm -rf "$layer.new"
}

__layer() { # inside a mount namespace of its own
  local root=$1/root device home=/opt/wso2/wso2is-5.11.0
  mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$root"
  mount --rbind /proc "$root/proc"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  for device in null zero urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  cp -a --no-preserve=ownership "$RIG/guest/." "$root/"
  chmod 440 "$root/etc/sudoers.d/ops"
  rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/apt/sources.list"
  mkdir -p "$root/tmp/carbon"
  cp "$RIG"/carbon/*.java "$root/tmp/carbon/"
  chroot "$root" /bin/bash -euc '
    export PATH=/usr/sbin:/usr/bin:/sbin:/bin
    useradd -m -s /bin/bash -u 1000 ops
    install -d -m 700 -o ops -g ops /home/ops/.ssh
    useradd -r -m -d /home/wso2 -s /bin/bash wso2
    ( cd /tmp/carbon && javac -d classes ./*.java && jar cf "$0/bin/fake-carbon.jar" -C classes . )
    rm -r /tmp/carbon
    ln -s "$(basename "$0")" /opt/wso2/wso2is
    mkdir -p "$0/repository/logs" /etc/fleet
    chown -R wso2:wso2 /opt/wso2
    systemctl -q mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer \
      dev-hugepages.mount dev-mqueue.mount
    systemctl -q enable wso2is
    : >/etc/machine-id' "$home"
  umount -l "$root"
}
