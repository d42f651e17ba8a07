/**
 * Why a hop could not be passed. Each is told apart from the library's errors by the SSH adapter
 * and put into words in two places: `hopFailureText` within a sentence, `describeHopFailure` with what to do next.
 */
export const HOP_FAILURE_KINDS = [
  'connection_refused',
  'no_route',
  'name_not_found',
  'connect_timeout',
  'no_ssh_banner',
  'connection_lost',
  'host_key_changed',
  'authentication_failed',
  'forwarding_denied',
  'too_many_sessions',
  'vpn_down',
  'command_timeout',
  'canceled',
  'protocol_error',
] as const;
export type HopFailureKind = (typeof HOP_FAILURE_KINDS)[number];

export interface HopFailureFacts {
  readonly kind: HopFailureKind;
  /** The hop that failed: the name of a bastion, of the host, or of the tunnel interface. */
  readonly hop: string;
  readonly role: 'bastion' | 'host' | 'vpn';
  /** `address:port` of the hop. */
  readonly address?: string | undefined;
  /** Numbers and fingerprints worth showing, e.g. `after 10 s` or `offered SHA256:…`. Never a secret. */
  readonly detail?: string | undefined;
}

/** The way to a host is broken, or the host did not answer in time. */
export class HopFailure extends Error {
  override name = 'HopFailure';
  readonly facts: HopFailureFacts;

  constructor(facts: HopFailureFacts, options?: ErrorOptions) {
    super(`${facts.kind} at ${facts.role} ${facts.hop}`, options);
    this.facts = facts;
  }
}

/** `connection refused`, `no SSH banner`. */
export function hopFailureName(kind: HopFailureFacts['kind']): string {
  return kind.replaceAll('_', ' ').replace('ssh', 'SSH').replace('vpn', 'VPN');
}

/** A few words of plain text: `connection refused at bastion acme-bastion`, `connect timeout at host is-1 (after 10 s)`. */
export function hopFailureText({ kind, role, hop, detail }: HopFailureFacts): string {
  const where = role === 'vpn' ? hop : `${role} ${hop}`;
  return `${hopFailureName(kind)} at ${where}${detail ? ` (${detail})` : ''}`;
}
