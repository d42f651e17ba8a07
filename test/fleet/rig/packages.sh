# shellcheck shell=bash disable=SC2016
# Debian's own packages for a host that shall have more than the base: downloaded once, installed on demand.

declare -A EXTRA_PACKAGES=([patching]='unattended-upgrades needrestart' [haproxy]='haproxy' [accounts]='acl')

extra_dir() { echo "$FLEET_DIR/extra-$(basename "$(base_dir)")-$(echo "${EXTRA_PACKAGES[$1]}" | sha256sum | cut -c1-8)"; }

build_extra() { # SET
  local dir
  dir=$(extra_dir "$1")
  [ ! -d "$dir" ] || return 0
  say "downloading ${EXTRA_PACKAGES[$1]} (once)"
  rm -rf "$dir.new"
  mkdir -p "$dir.new"/{upper,work,root}
  privately "$SELF" __extra "$dir.new" "$(base_dir)" "$(apt_source)" "${EXTRA_PACKAGES[$1]}"
  mkdir "$dir"
  mv "$dir.new"/upper/var/cache/apt/archives/*.deb "$dir/"
  rm -rf "$dir.new"
}

__extra() { # DIR BASE SOURCE PACKAGES: inside a mount namespace of its own
  local root=$1/root
  mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$root"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  echo "deb $3 $FLEET_SUITE main" >"$root/etc/apt/sources.list"
  chroot "$root" /bin/bash -euc '
    export PATH=/usr/sbin:/usr/bin:/sbin:/bin
    apt-get -qq update
    apt-get -qqy --no-install-recommends --download-only -o APT::Keep-Downloaded-Packages=true install $0 >/dev/null' "$4"
  umount -l "$root"
}

cmd_install() { # HOST [SET=patching]
  local set=${2:-patching}
  need "$1"
  [ -n "${EXTRA_PACKAGES[$set]:-}" ] || die "there is no set $set: ${!EXTRA_PACKAGES[*]}"
  in_world __install "$1" "$(extra_dir "$set")"
}

__install() { # HOST DIR
  local root
  root=/proc/$(host_pid "$1")/root
  mkdir -p "$root/var/tmp/extra"
  cp "$2"/*.deb "$root/var/tmp/extra/"
  in_host "$1" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get -qqy --no-install-recommends install /var/tmp/extra/*.deb >/var/tmp/extra.log 2>&1 || { tail /var/tmp/extra.log >&2; exit 1; }
    rm -r /var/tmp/extra'
}
