import type { Human } from '../../sandbox/slack/human/human.ts';
import type { Outcome } from '../../sandbox/slack/human/outcome.ts';
import type { Slack } from '../../sandbox/slack/start-slack.ts';
import { until } from './until.ts';

export type PatientHuman = Pick<Human, 'say' | 'click' | 'submit' | 'close' | 'openHome'>;

/**
 * People who wait for the bot to be connected. On a machine that is too busy for its pings it loses its Socket Mode
 * connection and hears nothing until it is back, which only tests about that want to see.
 */
export function createPatientHuman(slack: Slack, mode: 'http' | 'socket'): PatientHuman {
  async function patiently(act: () => Promise<Outcome>): Promise<Outcome> {
    for (;;) {
      await until('the bot to be connected', () => mode === 'http' || slack.connections() > 0, 30_000);
      const outcome = await act();
      if (outcome.error !== 'dispatch_failed' || slack.connections() > 0) {
        return outcome;
      }
    }
  }

  return {
    say: (...args) => patiently(() => slack.human.say(...args)),
    click: (...args) => patiently(() => slack.human.click(...args)),
    submit: (...args) => patiently(() => slack.human.submit(...args)),
    close: (...args) => slack.human.close(...args),
    openHome: (as) => patiently(() => slack.human.openHome(as)),
  };
}
