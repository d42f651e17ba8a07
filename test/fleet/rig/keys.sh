# shellcheck shell=bash
# The keys of people and hosts, and the files that a client needs to reach them.

host_key() { echo "$RUN/hostkeys/$1/ssh_host_ed25519_key"; }

make_host_keys() { # for every host that has none
  local name
  while IFS='|' read -r name _; do
    [ ! -s "$(host_key "$name")" ] || continue
    mkdir -p "$RUN/hostkeys/$name"
    ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$(host_key "$name")"
  done <"$RUN/hosts"
}

write_client_files() {
  local name address
  : >"$RUN/known_hosts"
  echo "127.0.0.1 localhost" >"$RUN/etc-hosts"
  printf '%s\n' "Host *" "  User ops" "  IdentityFile $RUN/keys/ops" "  IdentitiesOnly yes" \
    "  UserKnownHostsFile $RUN/known_hosts" "  StrictHostKeyChecking yes" "  ConnectTimeout 10" "  LogLevel ERROR" >"$RUN/ssh_config"
  while IFS='|' read -r name _; do
    address=$(address_of "$name")
    echo "$name,$address $(cut -d' ' -f1,2 "$(host_key "$name").pub")" >>"$RUN/known_hosts"
    echo "$address $name.fleet.test $name" >>"$RUN/etc-hosts"
    printf '%s\n' "Host $name" "  HostName $address" >>"$RUN/ssh_config"
    case $name in a[0-9]*) echo "  ProxyJump bastion" >>"$RUN/ssh_config" ;; esac
  done <"$RUN/hosts"
}
