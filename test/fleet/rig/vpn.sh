# shellcheck shell=bash
# The tunnel: WireGuard in user space between the bot's host and the gateway of the b hosts.

TUNNEL=wg-globex # the bot's end, a name as an operator would give it

__vpn() {
  case $1 in
    up)
      in_host vpngw wg show wg0 >/dev/null 2>&1 || gateway_up
      in_host bot wg show "$TUNNEL" >/dev/null 2>&1 || bot_tunnel_up
      ;;
    down) in_host bot wg-quick down "$TUNNEL" >>"$RUN/logs/vpn.log" 2>&1 ;;
    *) die "vpn up or down?" ;;
  esac
}

put() { in_host "$1" install -D -m 600 /dev/stdin "$2"; } # HOST FILE <CONTENT

wireguard_key() { # HOST: its private key, made once
  in_host "$1" sh -c 'umask 077; mkdir -p /etc/wireguard; [ -s /etc/wireguard/key ] || wg genkey >/etc/wireguard/key; cat /etc/wireguard/key'
}
wireguard_public_key() { wireguard_key "$1" | in_host "$1" wg pubkey; }

gateway_up() {
  put vpngw /etc/wireguard/wg0.conf <<CONF
[Interface]
Address = $NET.200.1/24
ListenPort = 51820
PrivateKey = $(wireguard_key vpngw)
[Peer]
PublicKey = $(wireguard_public_key bot)
AllowedIPs = $NET.200.2/32
CONF
  in_host vpngw sh -c 'sysctl -qw net.ipv4.ip_forward=1 && wg-quick up wg0' >>"$RUN/logs/vpn.log" 2>&1
}

bot_tunnel_up() {
  put bot "/etc/wireguard/$TUNNEL.conf" <<CONF
[Interface]
Address = $NET.200.2/24
PrivateKey = $(wireguard_key bot)
[Peer]
PublicKey = $(wireguard_public_key vpngw)
AllowedIPs = $NET.200.0/24, $NET.8.0/24
Endpoint = $NET.0.30:51820
PersistentKeepalive = 5
CONF
  in_host bot wg-quick up "$TUNNEL" >>"$RUN/logs/vpn.log" 2>&1
}
