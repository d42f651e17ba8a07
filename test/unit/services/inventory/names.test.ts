import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/domain/errors.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { aWorld, channel, type KnownPerson, theActor } from '../../../support/world.ts';

const service = createInventoryService({ config: () => aWorld() });
const inAcmeOps = { place: channel('C0ACMEOPS'), permission: 'host.read' } as const;

function refusal(
  who: KnownPerson,
  place: typeof inAcmeOps.place,
  names: { environment: string; hosts?: string[] },
): string {
  try {
    service.select({ actor: theActor(who), place, permission: 'host.read', ...names });
  } catch (error) {
    if (error instanceof UserError) {
      return `${error.message} ${error.hint ?? ''}`;
    }
    throw error;
  }
  throw new Error('was not refused');
}

describe('names that fit nothing', () => {
  it('suggest the nearest environment among those that may be seen', () => {
    expect(refusal('alice', inAcmeOps.place, { environment: 'prdo' })).toBe(
      'There is no environment `prdo` here. Did you mean `prod`? Here there is `prod`, `dev`.',
    );
    expect(refusal('alice', channel('C0OPSALL'), { environment: 'acme-prod' })).toContain('Did you mean `acme/prod`?');
  });

  it('suggest the nearest host', () => {
    expect(refusal('alice', inAcmeOps.place, { environment: 'prod', hosts: ['apm-1', 'zzz'] })).toBe(
      'There is no host `apm-1`, `zzz` in `acme/prod`. Did you mean `apim-1`? It has `apim-1`, `apim-2`, `Mi_1`.',
    );
  });

  it('select no host at all when one of several is wrong', () => {
    expect(refusal('alice', inAcmeOps.place, { environment: 'prod', hosts: ['apim-1', 'gw-1'] })).toContain('`gw-1`');
  });

  it('ask for the customer when a short name is ambiguous, with the choices of this person', () => {
    expect(refusal('alice', channel('C0OPSALL'), { environment: 'prod' })).toBe(
      'More than one customer has an environment `prod` here. Say which: `acme/prod`, `globex/prod`, `initech/prod`',
    );
  });

  it('are not ambiguous by customers that the person may not see', () => {
    const { customer } = service.select({
      ...inAcmeOps,
      actor: theActor('bob'),
      place: channel('C0OPSALL'),
      environment: 'prod',
    });
    expect(customer).toBe('acme');
  });
});

describe("another customer's names", () => {
  const OTHERS = ['globex/prod', 'initech/stage', 'globex', 'stage', 'gw-1'];
  const PLACES = [channel('C0ACMEOPS'), channel('C0ACMESHARED'), { kind: 'direct' }, { kind: 'home' }] as const;

  it.each(OTHERS)('get for %s the sentence of a name that nobody has', (name) => {
    const nobodys = 'q'.repeat(name.length);
    for (const place of PLACES) {
      const sentence = refusal('dana', place, { environment: name });
      expect(sentence).toBe(refusal('dana', place, { environment: nobodys }).replace(nobodys, name));
    }
  });

  it('are not suggested, however near they are', () => {
    for (const place of PLACES) {
      const sentence = refusal('dana', place, { environment: 'globx/prod' });
      expect(sentence).not.toMatch(/globex|initech/);
    }
  });

  it('are unknown hosts of an environment that may be seen', () => {
    const sentence = refusal('dana', inAcmeOps.place, { environment: 'prod', hosts: ['gw-1'] });
    expect(sentence).toBe(
      refusal('dana', inAcmeOps.place, { environment: 'prod', hosts: ['qq-q'] }).replace('qq-q', 'gw-1'),
    );
  });
});

describe('names as phones and keyboards send them', () => {
  it.each(['PROD', '“prod”', '‘Prod’', ' prod ', 'pr\u0000od', '\u200bprod', '`prod`', '"acme/prod"', 'ACME/prod'])(
    'reads %j as prod',
    (environment) => {
      expect(service.select({ ...inAcmeOps, actor: theActor('alice'), environment }).environment.name).toBe('prod');
    },
  );

  it('reads a long dash as a dash', () => {
    const request = { ...inAcmeOps, actor: theActor('alice'), environment: 'prod', hosts: ['apim–1'] };
    expect(service.select(request).hosts.map(({ name }) => name)).toEqual(['apim-1']);
  });

  it('cuts 10,000 characters to 40 and keeps the rest of the sentence', () => {
    const sentence = refusal('alice', inAcmeOps.place, { environment: 'x'.repeat(10_000) });
    expect(sentence).toBe(`There is no environment \`${'x'.repeat(39)}…\` here. Here there is \`prod\`, \`dev\`.`);
  });

  it('does not repeat 1,000 unknown hosts', () => {
    const hosts = Array.from({ length: 1000 }, (_, index) => `nobody-${index}-${'x'.repeat(80)}`);
    const sentence = refusal('alice', inAcmeOps.place, { environment: 'prod', hosts });
    expect(sentence).toContain('and 997 more');
    expect(sentence.length).toBeLessThan(300);
  });

  it('has a sentence for a name without anything to see', () => {
    expect(refusal('alice', inAcmeOps.place, { environment: '\u200b\u0007' })).toMatch(
      /^There is no environment with that name here/,
    );
  });
});

describe('any text at all', () => {
  it('is refused with a short sentence that carries no markup of Slack and no other customer', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '<!channel>',
        '<@U0BOB>',
        '`; rm -rf /`',
        '$(id)',
        '../..',
        '__proto__',
        'constructor',
        '/',
        '//',
      ),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (environment, hosts) => {
        fc.pre(!/^(?:acme\/)?(?:prod|dev)$/i.test(environment.replace(/[^\w/]/g, '')));
        const sentence = refusal('dana', { kind: 'direct' }, { environment, hosts });
        expect(sentence).not.toMatch(/[<>&\p{Cc}]|globex|initech/u);
        expect([...sentence].length).toBeLessThan(200);
      }),
      { numRuns: 300 },
    );
  });
});
