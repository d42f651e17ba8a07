import type { Customer } from '../../domain/inventory.ts';
import type { BeginDeps } from './begin-verification.ts';
import { decideVerification, takeStep } from './decide-verification.ts';
import { readEmailFacts } from './email-facts.ts';
import type { EmailVerification } from './email-verification.ts';
import { findSesSettings } from './ses-settings.ts';

export interface CheckDeps extends BeginDeps {
  /** As the configuration has it now. */
  customerOf(id: string): Customer | undefined;
}

/** Looks once at a verification that is open, and tells what has to be told. Safe to call again at any point. */
export async function checkVerification(verification: EmailVerification, deps: CheckDeps): Promise<void> {
  const { store, cards, clock } = deps;
  const customer = deps.customerOf(verification.customer);
  const settings = customer && findSesSettings(customer);
  const isTheSame = settings?.domain === verification.domain && settings.region === verification.region;
  if (customer === undefined || settings === undefined || !isTheSame) {
    await store.update(verification, (found) => takeStep(found, { outcome: 'withdrawn' }, clock.now()));
    return;
  }
  const facts = await readEmailFacts({ customer, settings, verification }, deps);
  const step = decideVerification(verification, facts);
  const after = takeStep(verification, step, facts.now);
  // Told before it is remembered: told twice is the same message, told never would be silence.
  if (step.remind !== undefined) {
    await cards.remind(after, facts, { customer, hours: step.remind });
  }
  for (const card of verification.cards) {
    await cards.draw(card, { ...facts, verification: after }, customer);
  }
  if (step.outcome !== undefined) {
    await cards.end(after, { ...facts, verification: after }, customer);
  }
  await store.update(verification, (found) => takeStep(found, step, facts.now));
}
