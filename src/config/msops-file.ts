import * as z from 'zod';
import { PERMISSIONS } from '../domain/permission.ts';
import { CustomerSection } from './customer-section.ts';
import {
  ChannelId,
  DisplayName,
  Duration,
  listOf,
  Name,
  oneOf,
  PersonIdText,
  section,
  TeamId,
  UserName,
} from './fields.ts';
import { SshLogin, ThresholdsSection } from './host-section.ts';
import { MonitoringSection } from './monitoring-section.ts';
import { PolicySection } from './policy-section.ts';
import { RolloutSection } from './rollout-section.ts';

const DefaultsSection = section({
  ssh: SshLogin.optional(),
  service_user: UserName.optional(),
  thresholds: ThresholdsSection.optional(),
  rollout: RolloutSection.optional(),
  security_within: Duration.optional(),
  monitoring: MonitoringSection.optional(),
});
export type DefaultsSection = z.infer<typeof DefaultsSection>;

const PersonSection = section({ id: PersonIdText, name: DisplayName, also: z.array(PersonIdText).default([]) });

const AssignmentSection = section({
  person: z.string(),
  role: z.string(),
  customers: z.preprocess((value) => (value === 'all' ? ['all'] : value), listOf(z.string())),
});

/** `msops.yml` as it is written. Every section refuses keys that it does not know. */
export const MsopsFile = section({
  version: z.literal(1, 'must be 1, the only version of this file so far'),
  home_team: TeamId,
  audit_channel: ChannelId.optional(),
  roles: z.record(Name, listOf(oneOf('permission', PERMISSIONS))),
  people: z.record(Name, PersonSection),
  assignments: z.array(AssignmentSection).default([]),
  defaults: DefaultsSection.prefault({}),
  approval_policies: z.array(PolicySection).default([]),
  customers: listOf(CustomerSection),
});
export type MsopsFile = z.infer<typeof MsopsFile>;
