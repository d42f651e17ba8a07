import type { DeliveryContent } from '../../services/deliveries/delivery.ts';
import type { Lateness } from '../../services/deliveries/dispatch-ports.ts';
import { withLateLine } from './mail-page.ts';
import { longDuration, minuteInWords } from './plain-times.ts';

const WAYS = { email: 'mail', sms: 'message' } as const;
const CHANNELS = { email: 'mail', sms: 'the gateway to phones' } as const;

/** Says in the first lines how late it is, and why. What programs read has times of its own. */
export function lateContent(content: DeliveryContent, lateness: Lateness): DeliveryContent {
  switch (content.kind) {
    case 'email': {
      const { mail } = content;
      const sentence = lateSentence('email', lateness);
      return {
        ...content,
        mail: { ...mail, text: `${sentence}\n\n${mail.text}`, html: withLateLine(mail.html, sentence) },
      };
    }
    case 'sms':
      return { ...content, text: `${shortAge(lateness)} LATE: ${content.text}` };
    case 'webhook':
      return content;
  }
}

/** `This mail is 14 minutes late: neither Slack nor mail could be reached since 03:12 UTC.` */
function lateSentence(kind: keyof typeof WAYS, { since, now, timeZone, cause }: Lateness): string {
  const late = longDuration(now.getTime() - since.getTime());
  const from = `since ${minuteInWords(since, timeZone)}`;
  const why = {
    both: `neither Slack nor ${CHANNELS[kind]} could be reached ${from}`,
    way: `${CHANNELS[kind]} could not be reached ${from}`,
    nobody: `msops could not send ${from}`,
  }[cause];
  return `This ${WAYS[kind]} is ${late} late: ${why}.`;
}

function shortAge({ since, now }: Lateness): string {
  return longDuration(now.getTime() - since.getTime()).toUpperCase();
}
