/** `as_root SECONDS COMMAND`: by `sudo -n` unless it is root that logs in. Follows `PROBE_SHELL`. */
export const ROOT_SHELL = `PATH=$PATH:/usr/sbin:/sbin TZ=UTC; export PATH TZ

as_root() {
  seconds=$1; shift
  if [ "$(id -u)" = 0 ]; then bounded "$seconds" "$@"; else bounded "$seconds" sudo -n "$@"; fi
}`;

/** Which family of systems it is: `$family` is `debian`, `rhel` or `other`. Prints the parts `os` and `family`. */
export const SYSTEM_SHELL = `system=$(cat /etc/os-release 2>&1)
show os "$?" "$system"
case " $(printf '%s\\n' "$system" | sed -n 's/^ID\\(_LIKE\\)\\{0,1\\}=//p' | tr -d "\\"'" | tr '\\n' ' ')" in
  *' debian '* | *' ubuntu '*) family=debian ;;
  *' rhel '* | *' fedora '* | *' centos '*) family=rhel ;;
  *) family=other ;;
esac
show family 0 "$family"`;

/**
 * Packages of dpkg whose scripts have not come to their end, as `half done: NAME`. `dpkg --audit` tells the same, and
 * to nobody but root as soon as there is something to tell.
 */
export const UNFINISHED_SHELL = `unfinished() {
  states=$(bounded 10 dpkg-query -W -f '\${db:Status-Abbrev}|\${Package}\\n') || return
  printf '%s\\n' "$states" | sed -n -e 's/^.[UFHWt].|/half done: /p' -e 's/^..R|/half done: /p'
}`;
