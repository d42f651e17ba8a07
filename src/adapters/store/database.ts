import type { Generated } from 'kysely';

/** The tables as Kysely sees them. A migration that adds one adds it here. */
export interface Database {
  inbox: InboxTable;
  audit: AuditTable;
  host_reports: HostReportTable;
  replicas: ReplicaTable;
  kv: KeyValueTable;
  approvals: ApprovalTable;
  break_glass: BreakGlassTable;
  rollouts: RolloutTable;
  rollout_hosts: RolloutHostTable;
  environment_locks: EnvironmentLockTable;
  maintenances: MaintenanceTable;
  alert_boards: AlertBoardTable;
  alert_groups: AlertGroupTable;
  silences: SilenceTable;
  leases: LeaseTable;
  sampled_hosts: SampledHostTable;
  samples: SampleTable;
  sample_hours: SampleHourTable;
  grants: GrantTable;
  grant_hosts: GrantHostTable;
}

interface InboxTable {
  id: string;
  kind: string;
  /** JSON as text: `jsonb` refuses some of what a person can type. Emptied when finished. */
  payload: string | null;
  /** Id of the replica that works on it. */
  owner: string;
  received_at: Generated<Date>;
  /** When the owner began; empty again after a take-over. */
  begun_at: Date | null;
  attempts: Generated<number>;
  finished_at: Date | null;
  outcome: 'done' | 'failed' | null;
}

interface AuditTable {
  /** Without gaps, from 1. `bigint`, which pg gives as text. */
  seq: string;
  /** What is hashed, byte for byte. The columns after it are for searching, and verified against it. */
  entry: string;
  prev: string;
  hash: string;
  at: Date;
  actor: string;
  customer: string | null;
  environment: string | null;
}

interface HostReportTable {
  customer: string;
  environment: string;
  host: string;
  /** JSON as text. */
  report: string;
  checked_at: Date;
}

interface ReplicaTable {
  id: string;
  machine: string;
  pid: number;
  started_at: string;
  /** Last heartbeat, by the database's clock. */
  seen: Generated<Date>;
}

interface KeyValueTable {
  namespace: string;
  key: string;
  value: string;
  expires_at: Date | null;
}

interface RolloutTable {
  id: string;
  customer: string;
  environment: string;
  is_open: boolean;
  /** JSON. */
  doc: string;
  created_at: Generated<Date>;
}

interface RolloutHostTable {
  rollout: string;
  host: string;
  wave: number;
  state: string;
  /** JSON. */
  doc: string;
}

interface EnvironmentLockTable {
  customer: string;
  environment: string;
  owner: string;
  /** JSON of a person. */
  holder: string;
  reason: string;
  taken_at: Generated<Date>;
}

interface MaintenanceTable {
  customer: string;
  environment: string;
  host: string;
  owner: string;
  reason: string;
  until: Date;
}

interface ApprovalTable {
  id: string;
  /** One more with each write; whoever writes names the version that they read. */
  version: Generated<number>;
  customer: string;
  environment: string;
  status: string;
  expires_at: Date;
  /** JSON as text. */
  doc: string;
  created_at: Generated<Date>;
}

interface BreakGlassTable {
  id: string;
  version: Generated<number>;
  customer: string;
  environment: string;
  until: Date;
  is_reviewed: Generated<boolean>;
  /** JSON as text. */
  doc: string;
  created_at: Generated<Date>;
}

interface LeaseTable {
  name: string;
  /** Id of the replica that leads. */
  owner: string;
  /** By the database's clock. */
  until: Date;
}

interface SampledHostTable {
  id: Generated<number>;
  customer: string;
  environment: string;
  host: string;
}

interface SampleTable {
  /** Id of a sampled host. */
  host: number;
  at: Date;
  /** In the order of `METRICS`; null for what could not be read. */
  v: (number | null)[];
}

interface SampleHourTable {
  host: number;
  hour: Date;
  /** Of each sample, since the hour began. */
  ms: number[];
  /** All samples of the first of `METRICS`, then those of the next. */
  v: (number | null)[];
}

interface AlertBoardTable {
  customer: string;
  environment: string;
  /** JSON as text. */
  doc: string;
}

/** Those that have ended. */
interface AlertGroupTable {
  id: string;
  customer: string;
  environment: string;
  signal: string;
  begun_at: Date;
  ended_at: Date;
  /** JSON as text. */
  doc: string;
}

interface SilenceTable {
  id: string;
  customer: string;
  environment: string;
  until: Date;
  /** JSON as text. */
  doc: string;
}

interface GrantTable {
  id: string;
  customer: string;
  environment: string;
  /** `U…` alone. */
  user_id: string;
  state: string;
  until: Date;
  requested_at: Date;
  /** JSON as text. */
  doc: string;
}

interface GrantHostTable {
  grant_id: string;
  host: string;
  state: string;
  /** JSON as text. */
  doc: string;
}
