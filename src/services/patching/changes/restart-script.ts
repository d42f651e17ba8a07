import { SERVER_SHELL } from '../../../domain/server-shell.ts';

/** Lines of `/proc/PID/maps` of a program or library that was replaced since. */
const REPLACED_FILE = ' /(usr/|opt/)?([^ ]*/)?(s?bin|lib|lib32|lib64|libexec)/[^ ]* \\(deleted\\)$';

/**
 * Restarts the services that run on replaced files. `$@` are units that are left to somebody else: the products'.
 * The ways in (ssh), what all others hang on (dbus, systemd) and sessions stay as they are.
 *
 * needrestart and dnf know best; where neither is there, the maps of the processes and their cgroups tell.
 */
export const RESTART_SCRIPT = `
LC_ALL=C; export LC_ALL
has() { command -v "$1" >/dev/null 2>&1; }
by_maps() {
  for maps in /proc/[0-9]*/maps; do
    grep -Eq '${REPLACED_FILE}' "$maps" 2>/dev/null || continue
    sed -n 's|^.*/\\([^/]*\\.service\\)\\(/.*\\)\\{0,1\\}$|\\1|p' "\${maps%/maps}/cgroup" 2>/dev/null | head -n 1
  done | sort -u
}
by_needrestart() {
  listed=$(needrestart -b -r l -l 2>/dev/null) || return 1
  case $listed in *NEEDRESTART-VER:*) ;; *) return 1 ;; esac
  printf '%s\\n' "$listed" | sed -n 's/^NEEDRESTART-SVC: //p'
}
by_dnf() { listed=$(dnf -q -C needs-restarting -s 2>/dev/null) && printf '%s\\n' "$listed" | grep '\\.service$' || [ -z "$listed" ]; }
units() {
  if has needrestart && by_needrestart; then return; fi
  if has dnf && by_dnf; then return; fi
  by_maps
}

others=" $* "
has systemctl || { echo 'msops: no systemd'; exit 0; }
found=$(units)
failed=0
for unit in $found; do
  case $unit in *.service) ;; *) unit=$unit.service ;; esac
  case $others in *" $unit "*) echo "msops: product $unit"; continue ;; esac
  case $unit in
    ssh.service | sshd.service | ssh@* | sshd@* | dbus.service | dbus-broker.service | systemd-* | getty@* | serial-getty@* | user@* | user-runtime-dir@* | msops-job-*)
      echo "msops: left $unit"
      continue ;;
  esac
  if said=$(timeout 180 systemctl restart "$unit" 2>&1); then
    echo "msops: restarted $unit"
  else
    failed=1
    echo "msops: failed $unit: $(printf '%s' "$said" | head -n 1)"
  fi
done
exit "$failed"
`;

/** `$1` is a CARBON_HOME: does its JVM run on replaced files? Prints `absent`, `fresh`, `stale` or `unknown`. */
export const STALE_SCRIPT = `
LC_ALL=C; export LC_ALL
${SERVER_SHELL}
pids=$(servers "$1" 2>/dev/null)
case $? in 0) ;; 1) echo absent; exit 0 ;; *) echo unknown; exit 0 ;; esac
for pid in $pids; do
  maps=$(cat "/proc/$pid/maps" 2>/dev/null) || { echo unknown; exit 0; }
  if printf '%s\\n' "$maps" | grep -Eq '${REPLACED_FILE}'; then echo stale; exit 0; fi
done
echo fresh
`;

/** Says which boot this is, waits until that can be read, and goes down. Started once, it never runs again. */
export const REBOOT_SCRIPT = `
printf 'msops: boot %s\\n' "$(cat /proc/sys/kernel/random/boot_id)"
sync
sleep 3
if command -v systemctl >/dev/null 2>&1; then systemctl reboot; else shutdown -r now; fi || exit 1
sleep 60
`;
