import type { ModalView } from '@slack/types';
import { ACTIONS } from '../../../src/handlers/actions.ts';
import { askerOfCommand } from '../../../src/handlers/asker.ts';
import { COMMANDS } from '../../../src/handlers/commands.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { MODALS } from '../../../src/handlers/modals.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import { createSubmissionRunner } from '../../../src/handlers/run-submission.ts';
import { type KnownPerson, theActor } from '../../support/world.ts';

export const CHANNELS = { acmeOps: 'C0ACMEOPS', opsAll: 'C0OPSALL', acmeShared: 'C0ACMESHARED' } as const;

/** The ways in, as Slack would call them. */
export function doorsOf(deps: HandlerDeps) {
  return {
    type: (as: KnownPerson, channelId: string, text: string) => {
      const { id, team_id } = userOf(as);
      const asker = askerOfCommand({ team_id, user_id: id, channel_id: channelId, response_url: 'http://slack/r' });
      return createCommandRunner(COMMANDS, deps)({ text, asker, requestId: 'r-1' });
    },
    click: (as: KnownPerson, channelId: string | undefined, [action_id, value]: readonly [string, string]) => {
      const where = channelId === undefined ? {} : { channel: { id: channelId } };
      const payload = { user: userOf(as), team: { id: 'T0MERIDIAN' }, trigger_id: 't', ...where };
      return createActionRunner(ACTIONS, deps)({ ...payload, actions: [{ action_id, value }] }, 'r-1');
    },
    submit: (as: KnownPerson, view: ModalView, values: Readonly<Record<string, string>>) => {
      const filled = Object.entries(values).map(([id, value]) => [id, { [id]: { value } }]);
      const state = { values: Object.fromEntries(filled) };
      const payload = { user: userOf(as), team: { id: userOf(as).team_id }, view: { ...shownView(view), state } };
      return createSubmissionRunner(MODALS, deps)(payload, 'r-2');
    },
  };
}

function userOf(as: KnownPerson) {
  const [teamId = '', userId = ''] = theActor(as).id.split(':');
  return { id: userId, team_id: teamId };
}

function shownView({ callback_id, private_metadata }: ModalView) {
  return {
    ...(callback_id === undefined ? {} : { callback_id }),
    ...(private_metadata === undefined ? {} : { private_metadata }),
    app_installed_team_id: 'T0MERIDIAN',
  };
}
