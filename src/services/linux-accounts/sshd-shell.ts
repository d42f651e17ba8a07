/**
 * What sshd lets in, and the key in its file. `expiry-time` is known since OpenSSH 8.2, or when the program itself holds
 * the word; its Z for UTC since 9.1, before that it is the host's own time. Follows `ACCOUNT_SHELL`.
 */
export const SSHD_SHELL = `
any_matches() { # WORD PATTERNS: as sshd has them, * and ? alone, what follows an @ is a source
  for pattern in $2; do
    case $1 in \${pattern%%@*}) return 0 ;; esac
  done
  return 1
}
any_group_matches() {
  for group in $own_groups; do
    if any_matches "$group" "$1"; then return 0; fi
  done
  return 1
}
keep_out() {
  for rule in allowusers denyusers allowgroups denygroups; do
    listed=$(setting "$rule")
    [ -n "$listed" ] || continue
    case $rule in
      allowusers) any_matches "$user" "$listed" || fail kept_out "AllowUsers $(printf '%s' "$listed" | one_line)" ;;
      denyusers) ! any_matches "$user" "$listed" || fail kept_out "DenyUsers $(printf '%s' "$listed" | one_line)" ;;
      allowgroups) any_group_matches "$listed" || fail kept_out "AllowGroups $(printf '%s' "$listed" | one_line)" ;;
      denygroups) ! any_group_matches "$listed" || fail kept_out "DenyGroups $(printf '%s' "$listed" | one_line)" ;;
    esac
  done
  [ "$(setting pubkeyauthentication)" != no ] || fail kept_out 'PubkeyAuthentication no'
  methods=$(setting authenticationmethods)
  case " \${methods:-any} " in
    *' any '* | *' publickey '*) ;;
    *) fail kept_out "AuthenticationMethods $methods" ;;
  esac
}

version_of() { "$@" 2>&1 </dev/null | sed -n 's/.*OpenSSH_\\([0-9][0-9]*\\)\\.\\([0-9][0-9]*\\).*/\\1 \\2/p' | sed -n 1p; }
read_version() {
  version=$(version_of sshd -V)
  [ -n "$version" ] || version=$(version_of ssh -V)
  number=0
  [ -z "$version" ] || number=$((\${version% *} * 100 + \${version#* }))
}
choose_options() {
  read_version
  options=restrict,pty day=$last_day ends=$utc
  [ "$number" -ge 702 ] || options=no-port-forwarding,no-agent-forwarding,no-X11-forwarding,no-user-rc
  [ "$number" -ge 901 ] || ends=$(unset TZ; date -d "@$until" +%Y%m%d%H%M%S) || ends=
  if [ "$number" -lt 802 ] && ! grep -q expiry-time "$(command -v sshd)" 2>/dev/null; then ends=; fi
  if [ -n "$ends" ]; then
    options="$options,expiry-time=\\"$ends\\""
    return
  fi
  [ "$safe_day" -le "$(($(date +%s) / 86400))" ] || day=$safe_day
  note old_sshd "\${version:-?}|$day"
}
write_key() {
  choose_options
  file=$(key_files | sed -n 1p)
  [ -n "$file" ] || fail keys_elsewhere "AuthorizedKeysFile $(setting authorizedkeysfile | one_line)"
  if [ -f "$file" ]; then had_keys=yes old_keys=$(cat "$file"); fi
  directory=\${file%/*}
  mkdir -p "$directory" && printf '%s %s msops grant %s\\n' "$options" "$key" "$grant" >"$file.msops" &&
    chown "0:$gid" "$file.msops" && chmod 644 "$file.msops" && mv -f "$file.msops" "$file" || fail key_file "$file"
  [ "$(cat "$file")" = "$options $key msops grant $grant" ] || fail key_file "$file"
  case $file in "/home/$user"/*) chown -R -h "0:$gid" "/home/$user" && chmod 755 "$directory" || fail key_file "$directory" ;; esac
  key_files | sed 1d | while IFS= read -r other; do rm -f "$other"; done
  if has restorecon; then restorecon -R "/home/$user" "$file" >/dev/null 2>&1; fi
}
`;
