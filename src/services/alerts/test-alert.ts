import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Alert } from './alert.ts';

export interface TestRequest {
  readonly environment: Environment;
  readonly actor: Actor;
  readonly now: Date;
}

/** Adds an alert of nothing. It ends with the first round of checks that comes 10 s after it. */
export function beginTest(alerts: readonly Alert[], { environment, actor, now }: TestRequest): readonly Alert[] {
  if (environment.monitoring === undefined) {
    throw new UserError(`Nobody watches ${environment.customer}/${environment.name}, so it has no alerts.`, {
      hint: 'Only production is monitored. Try it with an environment that is.',
    });
  }
  if (alerts.some(({ isTest }) => isTest)) {
    throw new UserError('A test is going on already.', { hint: 'It ends within a minute or two; then try again.' });
  }
  const test: Alert = {
    ...{ host: 'test', signal: 'application', subject: 'test', state: 'firing', severity: 'warning', isTest: true },
    text: `TEST by ${actor.displayName}: nothing is wrong; this shows that alerts arrive`,
    since: now,
    firedAt: now,
  };
  return [...alerts, test];
}
