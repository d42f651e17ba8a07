import { createHmac } from 'node:crypto';

/** The headers by which an app knows that a request is Slack's. @param at Unix seconds */
export function signedHeaders(
  body: string,
  signingSecret: string,
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` };
}
