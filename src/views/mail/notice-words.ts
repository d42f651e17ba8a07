import type { NoticeWords } from '../../services/deliveries/notice-ports.ts';
import { alertmanagerPayload } from '../alertmanager-payload.ts';
import { alertMail } from './alert-mail.ts';
import { alertSms } from './alert-sms.ts';

/** What alerts say outside Slack. */
export const noticeWords: NoticeWords = { mail: alertMail, sms: alertSms, webhook: alertmanagerPayload };
