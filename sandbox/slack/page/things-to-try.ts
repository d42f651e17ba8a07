import type { PersonView } from '../http/person-view.ts';

/** What is worth typing in a channel: where one customer is bound it is understood, else it has to be named. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'acme-ops': [
    '/msops status prod',
    '/msops connect prod',
    '/msops patch apply prod',
    '/msops chart prod disk --since 1h',
    '/msops dashboard prod',
    '/msops help',
  ],
  'globex-ops': ['/msops status prod', '/msops hosts prod', '/msops email verify globex', '/msops help'],
  'initech-ops': ['/msops status prod', '/msops connect prod', '/msops help'],
  'ops-all': ['/msops status acme/prod', '/msops alerts', '/msops digest acme/prod', '/msops help'],
};
const DIRECT = ['/msops status acme/prod', '/msops hosts globex/prod', '/msops alerts', '/msops help'];
const MENTIONS = ['@msops status prod', '@msops rollouts', '@msops alerts', '@msops help'];

export function examplesFor({ viewer, channel }: PersonView): readonly string[] {
  if (channel === undefined || !channel.hasBot) {
    return [];
  }
  if (channel.kind === 'im') {
    return DIRECT;
  }
  // Slack does not offer our slash command to people of other companies.
  return viewer.isExternal || channel.sharedWith.length > 0 ? MENTIONS : (EXAMPLES[channel.name] ?? ['/msops help']);
}
