import type {
  DkimReading,
  EmailFacts,
  EmailVerification,
} from '../../../src/services/email-identities/email-verification.ts';
import type { EmailIdentity, SesAccount } from '../../../src/services/email-identities/ports.ts';
import { NOW } from '../../support/builders.ts';

const HOUR_MS = 3_600_000;
const ZONE = 'x7.dkim.eu-central-1.amazonses.com';

export function anIdentity(overrides: Partial<EmailIdentity> = {}): EmailIdentity {
  return {
    domain: 'acme.example',
    verifiedForSending: false,
    status: 'PENDING',
    dkimTokens: ['t1', 't2', 't3'],
    signingHostedZone: ZONE,
    ...overrides,
  };
}

export function anAccount(overrides: Partial<SesAccount> = {}): SesAccount {
  return {
    ...{ productionAccess: true, sendingEnabled: true, enforcement: 'HEALTHY' },
    ...{ max24Hours: 50_000, sentLast24Hours: 12, maxPerSecond: 14 },
    ...overrides,
  };
}

export function aVerification(overrides: Partial<EmailVerification> = {}): EmailVerification {
  return {
    ...{ customer: 'acme', domain: 'acme.example', region: 'eu-central-1', isBeginKnown: true },
    begunAt: new Date(NOW.getTime() - 10 * HOUR_MS),
    cards: [],
    reminded: [],
    ...overrides,
  };
}

/** Ten hours after the beginning, with records as they are read. */
export function emailFacts(readings: readonly DkimReading[], overrides: Partial<EmailFacts> = {}): EmailFacts {
  const verification = aVerification();
  return {
    customer: { id: 'acme', name: 'Acme Bank' },
    ...{ from: 'alerts@acme.example', domain: 'acme.example', region: 'eu-central-1' },
    identity: anIdentity(),
    records: readings.map((reading, index) => ({
      name: `t${index + 1}._domainkey.acme.example`,
      target: `t${index + 1}.${ZONE}`,
      reading,
    })),
    areRecordsWrong: readings.some(({ kind }) => kind !== 'right' && kind !== 'unknown'),
    account: anAccount(),
    verification,
    endsAt: new Date(verification.begunAt.getTime() + 72 * HOUR_MS),
    now: NOW,
    ...overrides,
  };
}
