import { PEOPLE } from '../../cast.ts';
import type { Channel } from '../world/model.ts';
import { type Html, html } from './html.ts';
import { channelsOf, type Sight } from './viewer.ts';

/** Where this person may go. */
export function renderSidebar(sight: Sight): Html {
  const { world, viewer } = sight;
  const { channels, directMessages } = channelsOf(sight);
  return html`
    <div class="workspace">${world.teams.get(viewer.teamId)?.name ?? viewer.teamId}</div>
    <h2>Channels</h2>
    <ul>${channels.map((channel) => html`<li>${channelLink(channel, sight)}</li>`)}</ul>
    ${
      directMessages.length > 0 &&
      html`<h2>Apps</h2><ul>${directMessages.map((channel) => html`<li>${directLink(channel, sight)}</li>`)}
        <li>${homeLink(sight)}</li></ul>`
    }`;
}

function channelLink(channel: Channel, sight: Sight): Html {
  const isShared = channel.sharedWith.size > 0;
  const shared =
    isShared && html`<span class="shared-mark" title="Shared with another company" aria-label="shared">◇</span>`;
  return link(
    { sight, to: channel.name, isCurrent: isCurrent(channel, sight) },
    html`<span aria-hidden="true">#</span> ${channel.name} ${shared}`,
  );
}

function directLink(channel: Channel, sight: Sight): Html {
  const label = html`<span aria-hidden="true">⚙</span> ${sight.world.bot.name} <span class="app-badge">APP</span>`;
  return link({ sight, to: 'dm', isCurrent: isCurrent(channel, sight) }, label);
}

function homeLink(sight: Sight): Html {
  return link(
    { sight, to: 'home', isCurrent: sight.isHome },
    html`<span aria-hidden="true">⌂</span> ${sight.world.bot.name} Home`,
  );
}

function isCurrent(channel: Channel, sight: Sight): boolean {
  return !sight.isHome && channel.id === sight.channel?.id;
}

function link({ sight, to, isCurrent: current }: { sight: Sight; to: string; isCurrent: boolean }, label: Html): Html {
  const href = `/?as=${sight.viewer.handle}&in=${to}`;
  return html`<a href="${href}" data-in="${to}" ${current && html`aria-current="page"`}>${label}</a>`;
}

/** The cast, to become somebody else. */
export function renderPeople({ world, viewer }: Pick<Sight, 'world' | 'viewer'>): Html {
  const teams = [...world.teams.values()];
  return html`${teams.map(({ id, name }) => {
    const people = PEOPLE.filter(({ team }) => team === id);
    const options = people.map(
      ({ handle, realName, title }) =>
        html`<option value="${handle}" ${handle === viewer.handle && html`selected`}>${realName} — ${title}</option>`,
    );
    return html`<optgroup label="${name}">${options}</optgroup>`;
  })}`;
}
