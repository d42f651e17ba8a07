/** Our own file, the last one that apt reads from its directory: the customer's files stay as they are. */
export const APT_SETTINGS_FILE = '/etc/apt/apt.conf.d/99msops-automatic-updates';

/**
 * Switches automatic security updates on; what is there already stays. Safe to run twice.
 * `$1` seconds to wait for the lock; `$2` `origins` when the settings take in no security updates, else `-`.
 */
export const UNATTENDED_SCRIPT = `
set -e
LC_ALL=C DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1
export LC_ALL DEBIAN_FRONTEND NEEDRESTART_MODE NEEDRESTART_SUSPEND
case $(dpkg-query -W -f '\${db:Status-Status}\\n' unattended-upgrades 2>/dev/null) in
  installed*) ;;
  *)
    apt-get -y -q --no-remove --no-install-recommends -o "DPkg::Lock::Timeout=$1" -o Dpkg::Use-Pty=0 \\
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install unattended-upgrades </dev/null ;;
esac
file=${APT_SETTINGS_FILE}
{
  echo '// Written by msops. Remove this file to go back to the settings before.'
  echo 'APT::Periodic::Enable "1";'
  echo 'APT::Periodic::Update-Package-Lists "1";'
  echo 'APT::Periodic::Unattended-Upgrade "1";'
  if [ "$2" = origins ]; then
    case $(. /etc/os-release && echo "$ID $ID_LIKE") in
      *ubuntu*) echo 'Unattended-Upgrade::Allowed-Origins:: "\${distro_id}:\${distro_codename}-security";' ;;
      *) echo 'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=\${distro_codename}-security,label=Debian-Security";' ;;
    esac
  fi
} | install -m 644 /dev/stdin "$file"
echo "wrote $file"
if command -v systemctl >/dev/null 2>&1; then
  systemctl unmask apt-daily.timer apt-daily-upgrade.timer
  systemctl enable --now apt-daily.timer apt-daily-upgrade.timer
  echo 'timers are on'
fi
`;

/** The same by dnf. Its settings have one place alone, so the file before is kept beside it. */
export const DNF_AUTOMATIC_SCRIPT = `
set -e
LC_ALL=C; export LC_ALL
if ! rpm -q dnf-automatic >/dev/null 2>&1 && ! rpm -q dnf5-plugin-automatic >/dev/null 2>&1; then
  dnf -y install dnf-automatic </dev/null
fi
file=/etc/dnf/automatic.conf
before=$(cat "$file" 2>/dev/null) || before='[commands]'
if [ "$(printf '%s\\n' "$before" | sed -n 's/^ *apply_updates *= *//p' | tail -n 1)" != yes ]; then
  cat "$file.before-msops" >/dev/null 2>&1 || printf '%s\\n' "$before" | install -m 644 /dev/stdin "$file.before-msops"
  printf '%s\\n' "$before" | grep -v -E '^ *(apply_updates|upgrade_type) *=' | awk '
    { print }
    /^\\[commands\\]/ { print "apply_updates = yes"; print "upgrade_type = security"; found = 1 }
    END { if (!found) print "[commands]\\napply_updates = yes\\nupgrade_type = security" }' | install -m 644 /dev/stdin "$file"
  echo "wrote $file"
fi
for timer in dnf-automatic.timer dnf5-automatic.timer; do
  case $(systemctl show -p LoadState "$timer") in
    *not-found*) ;;
    *)
      systemctl unmask "$timer"
      systemctl enable --now "$timer"
      echo "$timer is on" ;;
  esac
done
`;
