import { type Asker, isExternal, organizationOf } from './asker.ts';
import { recallOrigin } from './modal-origin.ts';
import type { SubmissionPayload } from './submission.ts';

/** The place is where the modal was opened; from the home tab, answers go into the direct message. */
export function askerOfSubmission(payload: SubmissionPayload): Asker {
  const { id: userId, team_id: teamId } = payload.user;
  const { channelId, threadTs } = recallOrigin(payload.view.private_metadata) ?? {};
  const organization = organizationOfInstallation(payload);
  const who = { userId, teamId, organization, channelId, isMention: isExternal(teamId, organization) };
  if (channelId === undefined) {
    const direct = { kind: 'direct', userId } as const;
    return { ...who, place: { kind: 'home' }, addresses: { shown: direct, whispered: direct } };
  }
  const shown = { kind: 'channel', channelId, threadTs } as const;
  const isDirect = channelId.startsWith('D');
  return {
    ...who,
    place: isDirect ? { kind: 'direct' } : { kind: 'channel', channelId },
    addresses: { shown, whispered: isDirect ? shown : { kind: 'ephemeral', channelId, userId, threadTs } },
  };
}

/** `team` of a submission is the person's workspace; the enterprise beside it counts only when that is ours too. */
function organizationOfInstallation({ team, enterprise, view }: SubmissionPayload): readonly string[] {
  const said = organizationOf({ team_id: team?.id ?? null, enterprise_id: enterprise?.id ?? null });
  const { app_installed_team_id: installed } = view;
  return installed === undefined || said.includes(installed) ? said : [installed];
}
