import { PROBE_SHELL } from '../../domain/probe-shell.ts';
import { ROOT_SHELL, SYSTEM_SHELL, UNFINISHED_SHELL } from './system-shell.ts';

/**
 * What is asked of a host about its packages: `plan`, `auto` or `both` is the only parameter. Changes nothing on the host:
 *
 * - apt only simulates, as the login user, who takes no lock; held packages are simulated too, so that their security
 *   updates show. dnf works from its cache (`-C`), as root, because any other user has a cache of their own.
 * - Nothing is refreshed: the age of the lists is told instead. apt gives list files the date of the server; what moves
 *   when it fetched something new is their directory.
 * - Locks are looked up in `/proc/locks`. Taking one to see whether it is free would be in somebody's way.
 * - needrestart lists (`-b -r l`), it restarts nothing.
 */
export const PATCH_PROBE_SCRIPT = `${PROBE_SHELL}
${ROOT_SHELL}
${UNFINISHED_SHELL}
dated() { stat -c '%Y %n' "$@" 2>/dev/null; }
lock_holders() {
  locks=$(cat /proc/locks) || return 1
  for file in "$@"; do
    inode=$(stat -c %i "$file" 2>/dev/null) || continue
    for pid in $(printf '%s\\n' "$locks" | sed -n "s/^[0-9]*: POSIX .* WRITE \\([0-9][0-9]*\\) [0-9a-f:]*:$inode .*/\\1/p"); do
      printf '%s %s %s\\n' "$pid" "$file" "$(cat "/proc/$pid/comm" 2>/dev/null)"
    done
  done
}
units() {
  for unit in "$@"; do
    systemctl show -p Id -p LoadState -p UnitFileState -p ActiveState -p Result -p ExecMainExitTimestampMonotonic "$unit" || return
    echo
  done
}

apt_sources() { policy=$(bounded 20 apt-cache policy) && printf '%s\\n' "$policy" | grep '^ *release '; }
debian_packages() {
  part apt bounded 40 apt-get -s -V --ignore-hold dist-upgrade
  part held bounded 10 apt-mark showhold
  part sources apt_sources
  part lists dated /var/lib/apt/lists /var/lib/apt/periodic/update-success-stamp
  part kernels dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n' 'linux-image-[0-9]*'
  part rebootfile cat /var/run/reboot-required
  part journal find /var/lib/dpkg/updates -type f
  part broken unfinished
}
debian_plan() {
  part locks lock_holders /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock
  part needrestart as_root 30 needrestart -b -r l -l -k
}
upgrades_log() {
  directory=/var/log/unattended-upgrades
  text=$(as_root 5 cat "$directory/unattended-upgrades.log" 2>&1) || { printf '%s\\n' "$text"; return 1; }
  [ -n "$text" ] || text=$(as_root 5 cat "$directory/unattended-upgrades.log.1.gz" 2>/dev/null | gzip -dc 2>/dev/null)
  [ -z "$text" ] || printf '%s\\n' "$text" | tail -n 200
}
apt_settings() { settings=$(apt-config dump) && printf '%s\\n' "$settings" | grep -E '^(APT::Periodic|Unattended-Upgrade)::'; }
debian_auto() {
  part installed dpkg-query -W -f '\${db:Status-Status} \${Version}\\n' unattended-upgrades
  part config apt_settings
  part init cat /proc/1/comm
  part timers units apt-daily.timer apt-daily-upgrade.timer
  part cron find /etc/cron.daily/apt-compat
  part crond pgrep -x cron
  part runs dated /var/lib/apt/periodic/upgrade-stamp /var/lib/apt/periodic/unattended-upgrades-stamp
  part log upgrades_log
}

dnf_cached() { seconds=$1; shift; as_root "$seconds" "$manager" -q -C "$@"; }
metadata() {
  for file in $(find /var/cache/dnf /var/cache/libdnf5 /var/cache/yum -name repomd.xml 2>/dev/null); do
    has_info=without
    ! cat "$file" | grep -q 'type="updateinfo"' || has_info=with
    printf '%s %s %s\\n' "$(stat -c %Y "$file")" "$has_info" "$file"
  done
}
rhel_packages() {
  manager=dnf security=--security
  has dnf || { manager=yum security=security; }
  part updates dnf_cached 60 check-update
  part advisories dnf_cached 60 updateinfo list "$security"
  part repos dnf_cached 20 repolist
  part metadata metadata
  part versions bounded 20 rpm -qa --qf '%{NAME}.%{ARCH} %{EVR}\\n'
  part held dnf_cached 20 versionlock list
  part kernels rpm -q --qf '%{INSTALLTIME} %{VERSION}-%{RELEASE}.%{ARCH}\\n' kernel-core kernel
  part reboot dnf_cached 30 needs-restarting -r
}
rhel_plan() {
  part locks lock_holders /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock
  part restarts dnf_cached 30 needs-restarting -s
}
rhel_auto() {
  part installed rpm -q --qf '%{NAME} %{VERSION}\\n' dnf-automatic dnf5-plugin-automatic yum-cron
  part config cat /etc/dnf/automatic.conf
  part timers units dnf-automatic.timer dnf-automatic-install.timer dnf5-automatic.timer
  part services units dnf-automatic.service dnf-automatic-install.service dnf5-automatic.service
  part runs dated /var/lib/systemd/timers/stamp-dnf-automatic.timer /var/lib/systemd/timers/stamp-dnf-automatic-install.timer /var/lib/systemd/timers/stamp-dnf5-automatic.timer
}

${SYSTEM_SHELL}
part now date +%s
part kernel uname -r
part build uname -v
if [ "$family" != other ]; then
  "\${family}_packages"
  [ "$1" = plan ] || "\${family}_auto"
  [ "$1" = auto ] || "\${family}_plan"
fi
show end 0
`;
