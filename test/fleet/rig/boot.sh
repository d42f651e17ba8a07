# shellcheck shell=bash
# The first process of a host: makes its root as a machine's firmware and initrd would, then becomes its init.

__boot() {
  local name=$1 role init pid root=$WORLD/root/$1 exe
  read -r pid _ </proc/self/stat # our pid as the world counts: /proc is still the world's
  role=$(host_field "$name" 2) init=$(host_field "$name" 3)
  mount -t overlay "root-$name" -o "lowerdir=$(<"$RUN/layers"),upperdir=$WORLD/disk/$name/upper,workdir=$WORLD/disk/$name/work" "$root"
  mount_kernel_files "$root" "$init"
  make_devices "$root"
  [ "$name" != bot ] || share_with_bot "$root"
  [ -e "$WORLD/disk/$name/seeded" ] || seed "$name" "$role" "$root"
  cp "$RUN/etc-hosts" "$root/etc/hosts"
  hostname "$name"
  echo "$pid" >"$WORLD/state/$name.pid"
  exe=/lib/systemd/systemd
  [ "$init" = systemd ] || exe=/usr/local/sbin/fleet-init
  mkdir -p "$root/.old"
  cd "$root" || exit
  pivot_root . .old
  # Shared mounts, as on any machine: what systemd mounts for a service (credentials) goes by way of propagation.
  exec chroot . /bin/sh -c 'umount -l /.old; rmdir /.old 2>/dev/null; mount --make-rshared /; export container=fleet; exec /usr/local/sbin/fleet-enter "$@"' - "$exe" </dev/null
}

mount_kernel_files() { # ROOT INIT. What would reach the machine is read-only: a test may run anything as root.
  local root=$1 path
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
  mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
  [ "$2" != systemd ] || mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  cat /proc/sys/kernel/random/uuid >"$root/run/.boot_id"
  mount --bind "$root/run/.boot_id" "$root/proc/sys/kernel/random/boot_id"
  for path in sysrq-trigger irq bus fs sys/kernel sys/vm sys/fs; do
    [ -e "$root/proc/$path" ] || continue
    mount --rbind "$root/proc/$path" "$root/proc/$path"
    mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/$path"
  done
}

make_devices() { # bound, not made: works without mknod too
  local root=$1 device
  mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
  mkdir "$root/dev/net" "$root/dev/pts" "$root/dev/shm"
  for device in null zero full random urandom tty net/tun; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s fd/0 "$root/dev/stdin"
  ln -s fd/1 "$root/dev/stdout"
  ln -s fd/2 "$root/dev/stderr"
}

share_with_bot() { # ROOT: WireGuard's socket for `fleet.sh run`, and the checkout
  local share
  mkdir -p "$1/run/wireguard"
  mount --bind "$RUN/wireguard" "$1/run/wireguard"
  share=$(<"$RUN/share")
  [ -n "$share" ] || return 0
  mkdir -p "$1/opt/msops"
  mount --bind "$share" "$1/opt/msops"
  mount -o remount,bind,ro "$1/opt/msops"
}

seed() { # NAME ROLE ROOT: the first boot of this disk
  local root=$3
  echo "$1" >"$root/etc/hostname"
  chmod 644 "$root/etc/hostname"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  install_host_key "$1" "$root"
  install -m 600 -o 1000 -g 1000 "$RUN/keys/ops.pub" "$root/home/ops/.ssh/authorized_keys"
  case $2 in
    product) echo "ssh cron wso2is" >"$root/etc/fleet/services" ;;
    host | bastion) echo "ssh cron" >"$root/etc/fleet/services" ;;
    *) # nobody logs in to the bot's host or the gateway
      : >"$root/etc/fleet/services"
      ln -sf /dev/null "$root/etc/systemd/system/ssh.service"
      ;;
  esac
  [ "$2" != product ] || : >"$root/etc/fleet/product"
  : >"$WORLD/disk/$1/seeded"
}

install_host_key() { # NAME ROOT
  install -m 600 "$(host_key "$1")" "$2/etc/ssh/ssh_host_ed25519_key"
  install -m 644 "$(host_key "$1").pub" "$2/etc/ssh/ssh_host_ed25519_key.pub"
}
