import type { Channel, User } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** What is worth typing in a channel: one customer is understood, several have to be named. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  C0ACMEOPS: ['/msops status prod', '/msops connect prod', '/msops help'],
  C0GLOBEXOPS: ['/msops status prod', '/msops hosts prod'],
  C0INITECHOPS: ['/msops status prod', '/msops connect prod'],
  C0OPSALL: ['/msops status acme/prod', '/msops status globex/prod', '/msops help'],
};
const MENTIONS = ['@msops status prod', '@msops help'];
const DIRECT = ['/msops status acme/prod', '/msops help'];

export function examplesFor(place: { world: World; viewer: User; channel: Channel }): readonly string[] {
  const { world, viewer, channel } = place;
  if (channel.kind === 'im') {
    return DIRECT;
  }
  if (!channel.members.has(world.bot.userId)) {
    return [];
  }
  // Slack does not offer our slash command to people of other companies.
  const isOutsider = viewer.teamId !== world.home.id;
  return isOutsider || channel.sharedWith.size > 0 ? MENTIONS : (EXAMPLES[channel.id] ?? ['/msops help']);
}
