/**
 * How an account is taken away, also one that was half made. Every step goes on when one before it failed: what counts
 * is what `left_behind` finds at the end. `$uid` is empty when nobody knows it. Follows `ACL_SHELL`.
 */
export const REMOVAL_SHELL = `
shared_places='/tmp /var/tmp /dev/shm /dev/mqueue /var/spool/cron /var/spool/at'

close_door() { chage -E 0 "$user" >/dev/null 2>&1 || usermod -e 1970-01-02 "$user" >/dev/null 2>&1; }
drop_keys() { key_files | while IFS= read -r file; do rm -f "$file" "$file.msops"; done; }
has_processes() { pgrep -u "$uid" >/dev/null 2>&1 || pgrep -U "$uid" >/dev/null 2>&1; }
end_sessions() {
  if has loginctl; then
    bounded 10 loginctl disable-linger "$user" >/dev/null 2>&1
    bounded 10 loginctl terminate-user "$user" >/dev/null 2>&1
  fi
  rm -f "/var/lib/systemd/linger/$user"
  rounds=0
  while has_processes && [ "$rounds" -lt 20 ]; do
    pkill -KILL -u "$uid"
    pkill -KILL -U "$uid"
    rounds=$((rounds + 1))
    pause 0.2
  done
}
drop_jobs() { rm -f "/var/spool/cron/crontabs/$user" "/var/spool/cron/$user" "/var/spool/cron/tabs/$user"; }
# A directory of theirs that holds somebody else's file, and what they have in /home, become root's.
drop_files() {
  for place in $shared_places; do
    [ -d "$place" ] || continue
    bounded 30 find "$place" -xdev -depth -uid "$uid" -delete >/dev/null 2>&1
  done
  for place in $shared_places /home; do
    [ -d "$place" ] || continue
    bounded 30 find "$place" -xdev -uid "$uid" -exec chown -h 0:0 '{}' '+' >/dev/null 2>&1
  done
}
delete_account() {
  attempts=0
  while [ "$attempts" -lt 5 ]; do
    patiently userdel "$user"
    code=$?
    case $code in
      0 | 6) break ;;
      8) end_sessions ;;
    esac
    attempts=$((attempts + 1))
    pause 0.5
  done
  if getent group "$user" >/dev/null; then patiently groupdel "$user"; fi
  rm -rf "/home/$user"
  rm -f "/var/mail/$user" "/var/spool/mail/$user"
}
take_away() { # HOME OF A PRODUCT...
  close_door
  drop_keys
  drop_jobs
  if [ -n "$uid" ]; then
    end_sessions
    drop_acls "$@"
    drop_files
  fi
  delete_account
}

# Prints what is still there, in words; nothing: it is gone.
left_behind() {
  getent passwd "$user" >/dev/null
  [ $? = 2 ] || echo "the account $user"
  if getent group "$user" >/dev/null; then echo "the group $user"; fi
  ask_sshd "\${from:-127.0.0.1}"
  key_files | while IFS= read -r file; do [ ! -e "$file" ] || echo "the key file $file"; done
  if [ -e "/home/$user" ] || [ -L "/home/$user" ]; then echo "/home/$user"; fi
  for file in /var/spool/cron/crontabs /var/spool/cron /var/spool/cron/tabs /var/lib/systemd/linger; do
    [ ! -e "$file/$user" ] || echo "$file/$user"
  done
  [ -n "$uid" ] || return 0
  if has pgrep; then ! has_processes || echo 'processes'; else echo 'perhaps processes (pgrep is not installed)'; fi
  left_acls "$@" | sed 's/^/an ACL in /'
  for place in $shared_places /home; do
    [ -d "$place" ] || continue
    bounded 20 find "$place" -xdev -uid "$uid" -print 2>/dev/null | sed -n '1s/^/the file /p'
  done
}
`;
