import * as z from 'zod';
import { DigestSection } from './digest-section.ts';
import {
  ChannelId,
  CidrText,
  DisplayName,
  Duration,
  HostName,
  listOf,
  Name,
  oneOf,
  section,
  TeamId,
  TimeZone,
  text,
} from './fields.ts';
import { HostSection, RoleSection, SSH_FIELDS, ThresholdsSection } from './host-section.ts';
import { MonitoringSection } from './monitoring-section.ts';
import { ReadAccessSection } from './read-access-section.ts';
import { ReceiversSection, SecretName } from './receivers-section.ts';
import { RolloutSection } from './rollout-section.ts';

const VpnSection = section({
  kind: oneOf('kind of VPN', ['wireguard', 'openvpn']),
  interface: text(/^[\w.-]{1,15}$/, 'the name of a network interface, 15 letters at most'),
  max_handshake_age: Duration.default(180_000),
});

/** `direct: true`, or a way in; never both and never nothing, so that a forgotten bastion is not a direct way. */
const AccessObject = section({
  direct: z.literal(true).optional(),
  bastions: listOf(HostName).optional(),
  vpn: VpnSection.optional(),
  allowed_sources: z.array(CidrText).default([]),
}).refine(
  ({ direct, bastions, vpn }) => (direct === true) !== (bastions !== undefined || vpn !== undefined),
  'must say how the bot gets in: `direct: true`, or `bastions`, `vpn` or both of these',
);

const AccessSection = z.preprocess((value) => (value === 'direct' ? { direct: true } : value), AccessObject);

export const EnvironmentSection = section({
  name: Name,
  production: z.boolean(),
  time_zone: TimeZone,
  access: AccessSection,
  thresholds: ThresholdsSection.optional(),
  rollout: RolloutSection.optional(),
  security_within: Duration.optional(),
  monitoring: MonitoringSection.optional(),
  roles: z.record(Name, RoleSection).optional(),
  hosts: listOf(HostSection),
});
export type EnvironmentSection = z.infer<typeof EnvironmentSection>;

export const CustomerSection = section({
  id: Name,
  name: DisplayName,
  slack_team: TeamId.optional(),
  channels: section({ ops: z.array(ChannelId).default([]), shared: z.array(ChannelId).default([]) }).prefault({}),
  receivers: ReceiversSection.optional(),
  digests: DigestSection,
  read_access: ReadAccessSection.optional(),
  tokens: section({ metrics: SecretName.optional(), alerts: SecretName.optional() }).optional(),
  bastions: z.array(section(SSH_FIELDS)).default([]),
  environments: listOf(EnvironmentSection),
});
export type CustomerSection = z.infer<typeof CustomerSection>;
