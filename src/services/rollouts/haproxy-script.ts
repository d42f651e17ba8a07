/** No program on the host that can speak to the API. Of sysexits.h, EX_UNAVAILABLE. */
export const NO_PROGRAM = 69;

/**
 * One line of stdin to HAProxy's runtime API, its reply on stdout. `$1`: `socket` or `address`, then the path, or
 * address and port.
 *
 * HAProxy ends the connection after one command, so every program here ends by itself, `timeout` or not. Its socket
 * belongs to root and a group of its own, so whoever may not write to it asks as root.
 */
export const HAPROXY_SCRIPT = `
has() { command -v "$1" >/dev/null 2>&1; }
bounded() { if has timeout; then $as_root timeout 10 "$@"; else $as_root "$@"; fi; }
as_root=
nothing() { echo "none of $* is installed" >&2; exit ${NO_PROGRAM}; }

by_perl='
  use IO::Socket::INET; use IO::Socket::UNIX;
  my $api = @ARGV > 1 ? IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1]) : IO::Socket::UNIX->new(Peer => $ARGV[0]);
  $api or die "$!\\n";
  print $api scalar <STDIN>; $api->flush; print while <$api>;'
by_python='
import socket, sys
where = sys.argv[1:]
if len(where) > 1:
    api = socket.create_connection((where[0], int(where[1])))
else:
    api = socket.socket(socket.AF_UNIX)
    api.connect(where[0])
api.sendall(sys.stdin.readline().encode())
while True:
    part = api.recv(65536)
    if not part: break
    sys.stdout.write(part.decode(errors="replace"))'
by_bash='exec 3<>"/dev/tcp/$1/$2" && IFS= read -r line && printf "%s\\n" "$line" >&3 && cat <&3'

ask_socket() {
  [ -w "$1" ] || [ "$(id -u)" = 0 ] || { sudo -n true || exit 1; as_root='sudo -n'; }
  $as_root test -e "$1" || { echo "there is no socket $1" >&2; exit 1; }
  if has socat; then bounded socat -t 10 - "UNIX-CONNECT:$1"
  elif has perl; then bounded perl -e "$by_perl" "$1"
  elif has python3; then bounded python3 -c "$by_python" "$1"
  elif has nc && nc -h 2>&1 | grep -q -e '-U'; then bounded nc -U "$1"
  else nothing socat, perl, python3, nc; fi
}
ask_address() {
  if has bash; then bounded bash -c "$by_bash" - "$1" "$2"
  elif has perl; then bounded perl -e "$by_perl" "$1" "$2"
  elif has python3; then bounded python3 -c "$by_python" "$1" "$2"
  elif has socat; then bounded socat -t 10 - "TCP:$1:$2"
  elif has nc; then bounded nc "$1" "$2"
  else nothing bash, perl, python3, socat, nc; fi
}
how=$1; shift
"ask_$how" "$@"
`;
