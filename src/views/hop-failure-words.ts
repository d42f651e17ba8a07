import type { HopFailureFacts, HopFailureKind } from '../domain/hop-failure.ts';

/** Text for Slack, mail and pages; whoever shows it in mrkdwn escapes it. */
export interface HopFailureWords {
  /** What happened, and why as far as anybody can tell from here. */
  readonly what: string;
  readonly next: string;
}

interface Words {
  /** For a cell of a table. */
  readonly short: string;
  what(hop: string): string;
  next(role: HopFailureFacts['role']): string;
}

const WORDS: Record<HopFailureKind, Words> = {
  connection_refused: {
    short: 'refused',
    what: (hop) => `${hop} refused the connection: nothing listens on that port, or a firewall rejects us`,
    next: byRole({
      bastion: 'Ask the customer whether the bastion and its sshd are up. Nothing behind it can be reached.',
      host: 'Check on the console that the host is up, then `systemctl status ssh` (`sshd` on RHEL).',
    }),
  },
  no_route: {
    short: 'no route',
    what: (hop) => `there is no route to ${hop}`,
    next: byRole({
      bastion: 'Check the network and the VPN of the machine that msops runs on.',
      host: 'Ask the customer whether the host is up and whether its network changed.',
    }),
  },
  name_not_found: {
    short: 'name unknown',
    what: (hop) => `the name of ${hop} was not found in DNS`,
    next: () => 'Correct `address` in msops.yml, or repair the DNS entry.',
  },
  connect_timeout: {
    short: 'timeout',
    what: (hop) => `${hop} did not answer`,
    next: byRole({
      bastion:
        'A firewall that does not let our address in looks like this: ask the customer about the allowlist, then whether the bastion is up.',
      host: 'Ask the customer whether the host is up and whether a firewall is in between.',
    }),
  },
  no_ssh_banner: {
    short: 'sshd hangs',
    what: (hop) => `${hop} took the connection and then said nothing: sshd hangs, or it is no SSH port`,
    next: () => 'The machine may be out of memory or processes: look at its console.',
  },
  connection_lost: {
    short: 'lost',
    what: (hop) => `the connection to ${hop} broke`,
    next: () =>
      'Check again. If it breaks again, look into the log of its sshd: it may be restarting, or have too many logins at once.',
  },
  host_key_changed: {
    short: 'key changed',
    what: (hop) => `${hop} showed a host key that is not the pinned one, so I did not log in`,
    next: () =>
      'Ask the customer whether the machine was installed anew. If so, compare the fingerprint on its console and change `host_keys` in msops.yml. If not, treat it as an attack.',
  },
  authentication_failed: {
    short: 'login refused',
    what: (hop) => `${hop} refused our key, or our source address is not in its allowlist: SSH says the same for both`,
    next: byRole({
      bastion: 'Ask the customer to check the account, its key and the allowed addresses (`AllowUsers`, `from=`).',
      host: 'Check that the account in msops.yml exists there and has our public key, and `AllowUsers` and `from=`: the host sees the address of the bastion.',
    }),
  },
  forwarding_denied: {
    short: 'no forwarding',
    what: (hop) => `${hop} let us in but does not forward to the next hop`,
    next: () =>
      'Ask the customer to allow it in its sshd: `AllowTcpForwarding`, and `PermitOpen` for this host and port.',
  },
  too_many_sessions: {
    short: 'too busy',
    what: (hop) => `${hop} has no room for another session`,
    next: () =>
      'Check again in a minute. If it stays, ask for a higher `MaxSessions`, or look whether the machine is out of processes.',
  },
  vpn_down: {
    short: 'VPN down',
    what: (hop) => `${hop} is down`,
    next: () => 'Bring the tunnel up on the machine that msops runs on; `/msops connect` shows which part is broken.',
  },
  command_timeout: {
    short: 'timeout',
    what: (hop) => `${hop} let us in, but the check did not end in time`,
    next: () => 'The host is overloaded, or a disk or a network filesystem hangs: look at it on the console.',
  },
  canceled: {
    short: 'canceled',
    what: (hop) => `the check of ${hop} was stopped before it ended`,
    next: () => 'Check again.',
  },
  protocol_error: {
    short: 'SSH error',
    what: (hop) => `${hop} and I could not agree on how to speak SSH`,
    next: () => 'Look at the version and the algorithms of its sshd; the log of msops has the cause.',
  },
};

/** What to say about a hop that could not be passed. */
export function describeHopFailure(facts: HopFailureFacts): HopFailureWords {
  const { what, next } = WORDS[facts.kind];
  const detail = facts.detail ? ` (${facts.detail})` : '';
  return { what: `${what(nameHop(facts))}${detail}.`, next: next(facts.role) };
}

/** Two words at most. */
export function shortHopFailure({ kind }: HopFailureFacts): string {
  return WORDS[kind].short;
}

function nameHop({ hop, role, address }: HopFailureFacts): string {
  const name = role === 'vpn' ? `the VPN tunnel ${hop}` : `${role} ${hop}`;
  return address ? `${name} at ${address}` : name;
}

function byRole(words: { bastion: string; host: string }): Words['next'] {
  return (role) => (role === 'host' ? words.host : words.bastion);
}
