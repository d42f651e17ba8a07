import type { Actor, CustomerScope } from '../../domain/actor.ts';
import type { HostReport } from '../../domain/host-report.ts';
import type { Environment, Signal } from '../../domain/inventory.ts';
import type { Alert, AlertGroup, Severity, Silence } from './alert.ts';
import type { AlertGroupFacts } from './ports.ts';
import type { Reading } from './reading.ts';

/** A host that was due and gave no report, in words: `not checked since 03:12`. */
export interface MissingReport {
  readonly host: string;
  readonly text: string;
}

export interface SilenceRequest {
  /** The same for the same click, so that a replay makes one. */
  readonly id: string;
  readonly actor: Actor;
  readonly environment: Environment;
  readonly host?: string | undefined;
  readonly signal?: Signal | undefined;
  /** Of `external`: what their monitoring calls it. */
  readonly title?: string | undefined;
  readonly until: Date;
  readonly reason: string;
}

/** An alert of Alertmanager or Grafana, in our words. */
export interface IncomingAlert {
  /** Theirs: says together with `title` which alert this is. */
  readonly fingerprint: string;
  /** `alertname`, or what else it is called. */
  readonly title: string;
  /** One of our hosts when the labels name one, else what they say it is about; may be empty. */
  readonly host: string;
  readonly severity: Severity;
  readonly text: string;
  readonly state: 'firing' | 'resolved';
  readonly startsAt: Date;
  readonly owner?: 'customer' | undefined;
  readonly links?: Alert['links'];
}

export interface HistoryFilter {
  readonly environment?: string | undefined;
  readonly from: Date;
  readonly until: Date;
}

/** From reports to messages: what fires, what is held back and why, who was told. */
export interface AlertService {
  /** Judges what checks have found of some hosts of an environment, and tells. One caller at a time. */
  observe(
    environment: Environment,
    seen: { reports: readonly HostReport[]; missing: readonly MissingReport[] },
  ): Promise<void>;
  /**
   * Takes in what a customer's own monitoring reports, firing and resolved mixed; the same twice is the same once.
   * @returns how many of them were new or have changed something.
   */
  receive(environment: Environment, incoming: readonly IncomingAlert[]): Promise<number>;
  /** Judges what was found beside the checks, such as certificates. Says nothing of things without a reading. */
  judge(environment: Environment, readings: readonly Reading[]): Promise<void>;
  /** Groups that have begun in this time, ended or not, newest first; 200 at most. */
  history(customers: CustomerScope, filter: HistoryFilter): Promise<readonly AlertGroup[]>;
  /** Groups that go on, worst first, those of which nobody is told last. */
  open(customers: CustomerScope, environment?: string): Promise<readonly AlertGroup[]>;
  /** Going on or ended; `undefined` when there is none, or none of these customers. */
  find(id: string, customers: CustomerScope): Promise<AlertGroupFacts | undefined>;
  /** @throws {UserError} when it was acknowledged before, by whom and when, or is over. */
  acknowledge(id: string, actor: Actor): Promise<AlertGroup>;
  /** At most 7 days. @throws {UserError} without a reason, or for a time that is over. */
  silence(request: SilenceRequest): Promise<Silence>;
  /** The same for several, such as the hosts that somebody has chosen; those of one environment are told once. */
  silenceAll(requests: readonly SilenceRequest[]): Promise<readonly Silence[]>;
  silences(customers: CustomerScope, environment?: string): Promise<readonly Silence[]>;
  /** @throws {UserError} when it is over. */
  endSilence(id: string, actor: Actor, customers: CustomerScope): Promise<Silence>;
  /** A made-up alert that goes the whole way, fires and ends within a minute. */
  test(environment: Environment, actor: Actor): Promise<void>;
}
