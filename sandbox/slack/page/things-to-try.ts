import type { PersonView } from '../http/person-view.ts';

/** What is worth typing in a channel: where one customer is bound it is understood, else it has to be named. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'acme-ops': ['/msops status prod', '/msops connect prod', '/msops patch apply prod', '/msops help'],
  'globex-ops': ['/msops status prod', '/msops hosts prod', '/msops help'],
  'initech-ops': ['/msops status prod', '/msops connect prod', '/msops help'],
  'ops-all': ['/msops status acme/prod', '/msops status globex/prod', '/msops help'],
};
const DIRECT = ['/msops status acme/prod', '/msops hosts globex/prod', '/msops help'];
const MENTIONS = ['@msops status prod', '@msops rollouts', '@msops help'];

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
