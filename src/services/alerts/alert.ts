import type { Person } from '../../domain/actor.ts';
import type { Signal } from '../../domain/inventory.ts';

export type Severity = 'warning' | 'critical' | 'unknown';

/**
 * One thing on one host that is not well. `pending`: not for long enough yet. `clearing`: well, not for long enough yet.
 * Suppressed ones are kept up to date and told to nobody.
 */
export interface Alert {
  readonly host: string;
  readonly signal: Signal;
  readonly subject: string;
  readonly state: 'pending' | 'firing' | 'clearing';
  readonly severity: Severity;
  readonly text: string;
  /** Of the state. */
  readonly since: Date;
  /** When it began to fire; missing while it is pending. */
  readonly firedAt?: Date | undefined;
  /** Why nobody is told. Boards that were written long ago hold the words alone. */
  readonly suppressed?: Suppression | string | undefined;
  /** When it was read last. A thing that nobody reads for a while gains nothing towards its hold. */
  readonly seenAt?: Date | undefined;
  /** The severity that its readings have had since then, while it is told as another one. */
  readonly turning?: { readonly to: Severity; readonly since: Date } | undefined;
  /** Of `reachability`: the bastion or the tunnel at which the way to the host ends. */
  readonly hop?: string | undefined;
  /** Made up by somebody who tries out whether alerts arrive. */
  readonly isTest?: boolean | undefined;
  /** `customer`: of something on top of our products. Told in their channel, and to nobody of ours. */
  readonly owner?: 'customer' | undefined;
  /** Of `external`: what puts it into one group with others, such as the name of the alert. */
  readonly title?: string | undefined;
  /** Of `external`: where the customer's monitoring shows it, and what they say is to be done; https. */
  readonly links?: { readonly source?: string | undefined; readonly runbook?: string | undefined } | undefined;
  /** Of `external`: what the customer's monitoring said last. Its subject is their fingerprint, which nobody reads. */
  readonly heard?: Heard | undefined;
}

/** `follows`: from a trouble that is told elsewhere, such as a host that is down. */
export interface Suppression {
  readonly kind: 'follows' | 'maintenance' | 'silence';
  /** For our people: `maintenance of rollout 7kq2m9xd`, `host is down`, `silenced by Alice Moreau until …`. */
  readonly text: string;
}

export interface Heard {
  /** What they call it, when it is told with others under another title. */
  readonly title?: string | undefined;
  readonly level: Severity | 'ok';
  readonly text: string;
  /** By their clock; a later one is another trouble. */
  readonly startsAt: Date;
  /** When it was said, by ours. */
  readonly at: Date;
}

/** Alerts of one signal, one owner and one title in one environment, from the first that fires to the last that ends: one message a channel. */
export interface AlertGroup {
  /** Short; the same for all channels. */
  readonly id: string;
  readonly customer: string;
  readonly environment: string;
  readonly signal: Signal;
  readonly begunAt: Date;
  /** Missing: it is going on. */
  readonly endedAt?: Date | undefined;
  /** Firing and clearing ones, worst first. */
  readonly alerts: readonly Alert[];
  /** Hosts that ended while the group goes on, newest first, 20 at most. */
  readonly ended: readonly { readonly host: string; readonly subject: string; readonly at: Date }[];
  readonly acknowledged?: { readonly by: Person; readonly at: Date } | undefined;
  /** Counts what was told in the thread. */
  readonly told: number;
  /** When it was told in the thread last. */
  readonly toldAt?: Date | undefined;
  /** What waits for its turn in the thread, so that many small changes make one message. */
  readonly waiting?: GroupChange | undefined;
  /** When its message was drawn last. */
  readonly drawnAt?: Date | undefined;
  /** Of made-up alerts. */
  readonly isTest?: boolean | undefined;
  readonly owner?: 'customer' | undefined;
  readonly title?: string | undefined;
}

/** What has changed in a group, for its thread. */
export interface GroupChange {
  readonly fired: readonly Alert[];
  readonly worsened: readonly Alert[];
  readonly ended: readonly Alert[];
}

export interface Silence {
  readonly id: string;
  readonly customer: string;
  readonly environment: string;
  /** Missing: every host. */
  readonly host?: string | undefined;
  /** Missing: every signal. */
  readonly signal?: Signal | undefined;
  /** Of `external`: what their monitoring calls it. Missing: whatever it is called. */
  readonly title?: string | undefined;
  readonly by: Person;
  readonly reason: string;
  readonly from: Date;
  readonly until: Date;
}
