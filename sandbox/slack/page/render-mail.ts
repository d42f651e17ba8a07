import type { ReceivedMail } from '../../mail/mailbox.ts';
import { type Html, html } from './html.ts';
import type { MailSight } from './sight.ts';

export function renderMailHeading(): Html {
  return html`<h1>Mail</h1><p>What left the bot beside Slack, whoever it was for</p>`;
}

/** The list, newest first, or the mail that is open. @param as Handle of whoever looks. */
export function renderMail({ mails, open }: MailSight, as: string): Html {
  if (mails.length === 0) {
    return html`<div class="empty"><p class="empty-title">No mail has left the bot yet.</p>
      <p>Alerts send mails to whom <code>notices</code> in msops.yml names.</p></div>`;
  }
  const opened = open === undefined ? undefined : mails[open - 1];
  if (opened) {
    return html`<p class="mail-back">${mailLink(as, 'mail', '← All mails')}</p>${renderOpen(opened)}`;
  }
  const rows = mails.map((mail, index) => renderRow(mail, { as, number: index + 1 })).toReversed();
  return html`<ul class="mail-list">${rows}</ul>`;
}

function renderRow(mail: ReceivedMail, { as, number }: { as: string; number: number }): Html {
  const { to, subject, by } = mail;
  const label = html`<strong>${subject === '' ? '(no subject)' : subject}</strong>
    <small>to ${to.join(', ')} · ${by}</small>`;
  return html`<li>${mailLink(as, `mail/${number}`, label)}<time datetime="${mail.receivedAt.toISOString()}">${timeOf(mail)}</time></li>`;
}

function mailLink(as: string, to: string, label: Html | string): Html {
  return html`<a href="/?as=${as}&in=${encodeURIComponent(to)}" data-in="${to}">${label}</a>`;
}

/** The HTML without scripts and without the page's own rights; it inherits that nothing comes from elsewhere. */
function renderOpen(mail: ReceivedMail): Html {
  const { subject, text, html: body } = mail;
  const frame = html`<iframe class="mail-body" sandbox title="Mail: ${subject}" srcdoc="${body}"></iframe>
    <details class="mail-text"><summary>As plain text</summary><pre>${text}</pre></details>`;
  return html`<article class="mail"><h2>${subject === '' ? '(no subject)' : subject}</h2>
    <dl>${facts(mail).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    ${body === '' ? html`<pre class="mail-plain">${text}</pre>` : frame}</article>`;
}

function facts(mail: ReceivedMail): [string, string][] {
  const { from, to, by, headers } = mail;
  const rows: [string, string | undefined][] = [
    ['From', from],
    ['To', to.join(', ')],
    ['Came', `${timeOf(mail)} by ${by}`],
    ['Incident', headers['x-msops-incident']],
    ['Message-ID', headers['message-id']],
    ['Answers', headers['in-reply-to']],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

function timeOf({ receivedAt }: ReceivedMail): string {
  return receivedAt.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
