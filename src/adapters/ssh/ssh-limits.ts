/** Every number of the SSH adapter in one place. Milliseconds and counts. */
export interface SshLimits {
  /** For one try at one hop: TCP, handshake and authentication. */
  readonly connectTimeoutMs: number;
  /** For a bastion's answer whether it reached the next hop. Nothing else bounds that wait. */
  readonly forwardTimeoutMs: number;
  /** For a host's answer to a command's start on a connection that is already open. */
  readonly openTimeoutMs: number;
  /** New connections at a time, in all and behind one bastion. */
  readonly connects: number;
  readonly connectsPerBastion: number;
  /** Logins in progress at one sshd; OpenSSH starts dropping them at 10. */
  readonly unauthenticatedPerServer: number;
  /** Commands being started at a time, in all and behind one bastion; 200 at once block the event loop for a second. */
  readonly commands: number;
  readonly commandsPerBastion: number;
  /** A connect or start that takes longer only waits, so its slot goes to somebody else. */
  readonly slotHoldMs: number;
  /** OpenSSH allows 10 by default. */
  readonly sessionsPerHost: number;
  /** OpenSSH runs out of descriptors at 1,016. */
  readonly channelsPerConnection: number;
  readonly idleMs: number;
  /** A silent peer is lost after interval x 4. Hops are asked more often, so that they are blamed first. */
  readonly hopKeepaliveMs: number;
  readonly hostKeepaliveMs: number;
  /** Tries of one connect, and until when a quick failure is tried again. */
  readonly connectTries: number;
  readonly retryWindowMs: number;
  readonly retryBaseMs: number;
  readonly authenticationFailures: number;
  readonly authenticationBackOffMs: number;
  /** After `exit`: a child may keep the output open for ever. */
  readonly exitGraceMs: number;
  /** Seconds between TERM and KILL for a command that is ended. */
  readonly killAfterSeconds: number;
  readonly maxOutputBytes: number;
  /** Part of a deadline kept for asking the tunnel why a host behind it did not answer. */
  readonly tunnelCheckMs: number;
}

export const DEFAULT_SSH_LIMITS: SshLimits = {
  connectTimeoutMs: 10_000,
  forwardTimeoutMs: 8_000,
  openTimeoutMs: 5_000,
  connects: 16,
  connectsPerBastion: 12,
  unauthenticatedPerServer: 8,
  commands: 32,
  commandsPerBastion: 24,
  slotHoldMs: 2_000,
  sessionsPerHost: 8,
  channelsPerConnection: 900,
  idleMs: 600_000,
  hopKeepaliveMs: 10_000,
  hostKeepaliveMs: 15_000,
  connectTries: 4,
  retryWindowMs: 2_000,
  retryBaseMs: 100,
  authenticationFailures: 2,
  authenticationBackOffMs: 300_000,
  exitGraceMs: 1_000,
  killAfterSeconds: 5,
  maxOutputBytes: 1_048_576,
  tunnelCheckMs: 2_000,
};
