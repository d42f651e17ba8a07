import type { PersonView, SeenChannel } from '../http/person-view.ts';
import { type Html, html } from './html.ts';
import type { Sight } from './sight.ts';

/** Where this person may go. */
export function renderSidebar(sight: Sight): Html {
  const { viewer, channels, bot } = sight.view;
  const direct = channels.filter(({ kind }) => kind === 'im');
  const apps = html`<h2>Apps</h2><ul>
    ${direct.map((channel) => link(sight, { to: 'dm', isCurrent: isCurrent(channel, sight) }, appLabel(bot.name)))}
    ${link(sight, { to: 'home', isCurrent: sight.isHome }, html`<img src="/page/icon.svg" alt=""> ${bot.name} Home`)}</ul>`;
  return html`
    <div class="workspace">${viewer.teamName}</div>
    <h2>Channels</h2>
    <ul>${channels.filter(({ kind }) => kind !== 'im').map((channel) => channelLink(channel, sight))}</ul>
    ${direct.length > 0 && apps}
    ${sight.mailCount !== undefined && mailPlace(sight, sight.mailCount)}`;
}

function mailPlace(sight: Sight, count: number): Html {
  const label = html`<span aria-hidden="true">✉</span> Mail${count > 0 && html` <span class="mail-count">${count}</span>`}`;
  return html`<h2>Outside Slack</h2><ul>${link(sight, { to: 'mail', isCurrent: sight.mail !== undefined }, label)}</ul>`;
}

function appLabel(name: string): Html {
  return html`<img src="/page/icon.svg" alt=""> ${name} <span class="app-badge">APP</span>`;
}

function channelLink(channel: SeenChannel, sight: Sight): Html {
  const mark = html`<span class="shared-mark" title="Shared with another company">◇<span class="unseen"> shared</span></span>`;
  const label = html`<span aria-hidden="true">#</span> ${channel.name}${channel.sharedWith.length > 0 && mark}`;
  return link(sight, { to: channel.name, isCurrent: isCurrent(channel, sight) }, label);
}

function isCurrent(channel: SeenChannel, { view, isHome, mail }: Sight): boolean {
  return !isHome && mail === undefined && channel.id === view.channel?.id;
}

function link({ view }: Sight, place: { to: string; isCurrent: boolean }, label: Html): Html {
  const href = `/?as=${view.viewer.handle}&in=${place.to}`;
  return html`<li><a href="${href}" data-in="${place.to}" ${place.isCurrent && html`aria-current="page"`}>${label}</a></li>`;
}

/** The cast, to become somebody else. */
export function renderPeople({ people, viewer }: PersonView): Html {
  const companies = [...new Set(people.map(({ teamName }) => teamName))];
  return html`${companies.map((company) => {
    const members = people.filter(({ teamName }) => teamName === company);
    const options = members.map(
      ({ handle, realName, title }) =>
        html`<option value="${handle}" ${handle === viewer.handle && html`selected`}>${realName} · ${title}</option>`,
    );
    return html`<optgroup label="${company}">${options}</optgroup>`;
  })}`;
}
