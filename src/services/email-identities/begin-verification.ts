import type { Customer } from '../../domain/inventory.ts';
import { decideVerification, takeStep } from './decide-verification.ts';
import type { EmailCards } from './email-cards.ts';
import { type EmailFactsDeps, readEmailFacts } from './email-facts.ts';
import type { EmailCard, EmailFacts, EmailVerification } from './email-verification.ts';
import type { EmailIdentities, EmailIdentity, EmailVerificationStore } from './ports.ts';
import { type SesSettings, sesSettingsOf } from './ses-settings.ts';

export interface BeginDeps extends EmailFactsDeps {
  readonly store: EmailVerificationStore;
  readonly cards: EmailCards;
}

export interface VerifyRequest {
  readonly customer: Customer;
  /** Where it is shown from now on. */
  readonly card: EmailCard;
}

/** Begins a verification, or goes on with the one that is open, and shows it. Safe to call again with the same card. */
export async function beginVerification({ customer, card }: VerifyRequest, deps: BeginDeps): Promise<EmailFacts> {
  const settings = sesSettingsOf(customer);
  const before = await deps.store.find(customer.id);
  const { identity, isNew } = await identityFor(settings.domain, deps.identities(settings.region));
  const isSame = before !== undefined && !isNew && isOpenFor(before, settings);
  const now = deps.clock.now();
  const begun: EmailVerification = isSame
    ? before
    : { customer: customer.id, ...placeOf(settings), begunAt: now, isBeginKnown: isNew, cards: [], reminded: [] };
  const verification = withCard(begun, card);
  const facts = await readEmailFacts({ customer, settings, identity, verification }, deps);
  // What is verified already, or given up by SES, is over as soon as it is shown.
  const { outcome } = decideVerification(verification, facts);
  const shown = takeStep(verification, { outcome }, now);
  await (isSame
    ? deps.store.update(before, (found) => takeStep(withCard(found, card), { outcome }, now))
    : deps.store.begin(shown));
  const moved = (before?.cards ?? []).filter(({ channelId, key }) => channelId === card.channelId && key !== card.key);
  for (const old of before?.endedAt === undefined ? moved : []) {
    await deps.cards.move(old, facts);
  }
  await deps.cards.draw(card, { ...facts, verification: shown }, customer);
  return { ...facts, verification: shown };
}

/** SES looks anew for what it had given up: somebody has just asked for it. */
async function identityFor(
  domain: string,
  identities: EmailIdentities,
): Promise<{ readonly identity: EmailIdentity; readonly isNew: boolean }> {
  const found = await identities.find(domain);
  if (found === undefined) {
    return { identity: await identities.ensure(domain), isNew: true };
  }
  return found.status === 'FAILED'
    ? { identity: await identities.restart(domain), isNew: true }
    : { identity: found, isNew: false };
}

function isOpenFor({ endedAt, domain, region }: EmailVerification, settings: SesSettings): boolean {
  return endedAt === undefined && domain === settings.domain && region === settings.region;
}

function placeOf({ domain, region }: SesSettings) {
  return { domain, region };
}

/** One card a channel: the newest. */
function withCard(verification: EmailVerification, card: EmailCard): EmailVerification {
  const others = verification.cards.filter(({ channelId }) => channelId !== card.channelId);
  return { ...verification, cards: [...others, card] };
}
