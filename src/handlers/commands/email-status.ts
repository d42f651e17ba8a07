import { emailAskingView, emailNotAskedView } from '../../views/email-answer-views.ts';
import { emailStatusView } from '../../views/email-status-view.ts';
import { defineCommand } from '../command-spec.ts';
import { chooseCustomer, OneCustomer } from './email-customer.ts';

const ANSWER = 'email-status';

export const emailStatus = defineCommand({
  verb: 'email status',
  synopsis: '<customer>',
  summary:
    'Show whether mails of a customer can be sent by Amazon SES, and whether it drops those to the addresses that rules name. Changes nothing.',
  example: 'email status acme',
  permission: 'email.manage',
  auditAction: 'email.status',
  options: {},
  args: OneCustomer,

  async run({ customer: typed }, context) {
    const { services, answer } = context;
    const { customer, audience } = chooseCustomer(typed, context);
    await answer.show(ANSWER, emailAskingView(customer.name));
    try {
      await answer.show(ANSWER, emailStatusView(await services.emails.status(customer, audience), audience));
    } catch (error) {
      await answer.show(ANSWER, emailNotAskedView(customer.name));
      throw error;
    }
  },
});
