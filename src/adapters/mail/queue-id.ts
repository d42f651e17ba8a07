/** How servers say under which id they took a mail: postfix, Exchange, Exim, sendmail and OpenSMTPD, SES. */
const FORMS: readonly RegExp[] = [
  /\bqueued as ([\w.-]+)/i,
  /\bInternalId=(\d+)/i,
  /\bid=([\w.-]+)/i,
  /^250 2\.\d\.\d ([\w.-]{6,}):? Message accepted for delivery/i,
  /^250 (?:2\.\d\.\d )?Ok:? ([\w.-]{8,})/i,
];

/** The id in the answer to a mail, to be found in the server's log: `250 2.0.0 Ok: queued as D6FD823A629`. */
export function queueId(response: string): string | undefined {
  return FORMS.map((form) => form.exec(response)?.[1]).find((id) => id !== undefined);
}
