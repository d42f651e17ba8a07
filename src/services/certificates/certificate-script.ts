import { PROBE_SHELL } from '../../domain/probe-shell.ts';

/**
 * What a host is asked about certificates: POSIX sh, nothing written, no JVM started. Parts come as records of four
 * parameters:
 *
 * - `tls NUMBER HOST:PORT NAME`: what is shown there, as PEM. Only the certificate is sent: `s_client` also prints the
 *   keys of the session.
 * - `store NUMBER DIRECTORY USER`: a part `stores.NUMBER` with the paths of what may hold certificates, as that user sees
 *   it, and for each of them a part `file.NUMBER.INDEX`: PEM, or bytes as hexadecimal digits, or the first 12 bytes of what
 *   holds no certificate that can be read without a password.
 * - `pem NUMBER FILE USER`: the same of one file, as `file.NUMBER`.
 *
 * No private key leaves the host, not even an encrypted one. The last line is `end=0`.
 */
export const CERTIFICATE_SCRIPT = `${PROBE_SHELL}
PATH=$PATH:/usr/sbin:/sbin; export PATH

as_user() {
  user=$1; shift
  if [ "$(id -un 2>/dev/null)" = "$user" ]; then bounded 10 "$@"
  elif [ "$(id -u 2>/dev/null)" = 0 ] && has runuser; then bounded 10 runuser -u "$user" -- "$@"
  else bounded 10 sudo -n -u "$user" "$@"; fi
}

begin='-----BEGIN CERTIFICATE-----' end='-----END CERTIFICATE-----'
probe_tls() {
  number=$1
  if ! has openssl; then show "tls.$number" 127 'openssl is not installed there'; return; fi
  if [ -n "$3" ]; then set -- -connect "$2" -servername "$3"; else set -- -connect "$2"; fi
  text=$(bounded 5 openssl s_client "$@" 2>&1); code=$?
  case $text in
    *"$begin"*"$end"*) text=\${text#*"$begin"}; text=$begin\${text%%"$end"*}$end; code=0 ;;
    *) text=$(printf '%s\\n' "$text" | grep -i -m 1 -e refused -e error -e errno); [ "$code" != 0 ] || code=1 ;;
  esac
  show "tls.$number" "$code" "$text"
}

hex() { od -An -v -tx1 "$@" | tr -d ' \\n'; }
without_keys() { # of a Java keystore: the same with keys of no length
  od -An -v -tu1 | awk '
    function number(at) { return ((b[at] * 256 + b[at + 1]) * 256 + b[at + 2]) * 256 + b[at + 3] }
    function copy(k) { while (k-- > 0 && i < n) printf "%02x", b[i++] }
    function copy_text() { copy(2 + b[i] * 256 + b[i + 1]) }
    function copy_certificate() { if (version == 2) copy_text(); copy(4 + number(i)) }
    function copy_entry() {
      tag = number(i); copy(4); copy_text(); copy(8)
      if (tag == 2) copy_certificate()
      if (tag == 1) {
        i += 4 + number(i); printf "00000000"
        chain = number(i); copy(4)
        while (chain-- > 0 && i < n) copy_certificate()
      }
      return tag == 1 || tag == 2
    }
    { for (f = 1; f <= NF; f++) b[n++] = $f }
    END {
      i = 0; version = number(4); count = number(8); copy(12)
      while (count-- > 0 && i < n && copy_entry()) continue
    }'
}
certificates() { sed -n "/$begin/,/$end/p"; }
send() { # of the file $2, read as $3, what is no secret, as the part $1
  look() { as_user "$user" cat "$file" 2>/dev/null; }
  part=$1 file=$2 user=$3
  head=$(look | hex -N 12)
  case $head in
    '') words=$(as_user "$user" cat "$file" 2>&1 >/dev/null); show "$part" 1 "$words"; return ;;
    feedfeed* | cececece*) text=$(look | without_keys 2>&1) ;;
    3082????308[12]* | 3081??3081*) text=$(look | hex 2>&1) ;;
    *) text=$(look | certificates); code=0; show "$part" 0 "\${text:-$head}"; return ;;
  esac
  code=$?
  show "$part" "$code" "$text"
}
stores() {
  as_user "$2" find -L "$1/" -maxdepth 2 -type f -size -2049k '(' -name '*.jks' -o -name '*.jceks' -o -name '*.p12' \\
    -o -name '*.pfx' -o -name '*.pkcs12' -o -name '*.keystore' -o -name '*.bcfks' -o -name '*.pem' -o -name '*.crt' \\
    -o -name '*.cer' -o -name '*.der' ')'
}
probe_store() {
  paths=$(stores "$2" "$3" 2>&1); code=$?
  show "stores.$1" "$code" "$paths"
  [ "$code" = 0 ] || return 0
  index=0
  printf '%s\\n' "$paths" | head -n 40 | while IFS= read -r path; do
    [ -z "$path" ] || send "file.$1.$index" "$path" "$3"
    index=$((index + 1))
  done
}
probe_pem() { send "file.$1" "$2" "$3"; }

while [ $# -ge 4 ]; do
  "probe_$1" "$2" "$3" "$4"
  shift 4
done
show end 0
`;
