import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Permission } from '../../../src/domain/permission.ts';
import type { CommandContext } from '../../../src/handlers/command-spec.ts';
import { dashboard } from '../../../src/handlers/commands/dashboard.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import { NOW } from '../../support/builders.ts';
import { aWorld, channel, type KnownPerson, theActor } from '../../support/world.ts';

const ROLES = {
  ...aWorld().roles,
  operator: ['metric.read', 'inventory.read'],
  customer: ['metric.read'],
} satisfies Record<string, readonly Permission[]>;

async function typed(as: KnownPerson, words: readonly string[], channelId = 'C0ACMEOPS') {
  const [asked, whispered, shown, touched]: [unknown[], Message[], unknown[], unknown[]] = [[], [], [], []];
  const signIn = {
    async link({ id }: Actor, path: string) {
      asked.push([id, path]);
      return { url: 'https://msops.example/sign-in/abc', expiresAt: NOW };
    },
  };
  const inventory = createInventoryService({ config: () => aWorld({ roles: ROLES }) });
  await dashboard.run(words, {
    ...{ actor: theActor(as), place: channel(channelId), services: { inventory, signIn } },
    answer: { whisper: async (message: Message) => void whispered.push(message), show: async () => void shown.push(1) },
    touch: (target: unknown) => void touched.push(target),
  } as unknown as CommandContext);
  return { asked, whispered, shown, touched };
}

describe('dashboard', () => {
  it('whispers a link of the person to the environment that they named', async () => {
    const { asked, whispered, shown, touched } = await typed('alice', ['prod']);
    expect(asked).toEqual([['T0MERIDIAN:U0ALICE', '/acme/prod']]);
    expect(JSON.stringify(whispered)).toContain('https://msops.example/sign-in/abc');
    expect([shown, touched]).toEqual([[], [{ customer: 'acme', environment: 'prod' }]]);
  });

  it('leads to everything when nothing is named', async () => {
    expect((await typed('dana', [], 'C0ACMESHARED')).asked).toEqual([['T0ACME:U0DANA', '/']]);
  });

  it('gives nobody a link who may not read metrics, and none to what they may not see', async () => {
    await expect(typed('erin', ['prod'])).rejects.toThrow('`metric.read` needs the role');
    await expect(typed('erin', [])).rejects.toThrow('`metric.read` needs the role');
    await expect(typed('dana', ['globex/prod'], 'C0ACMESHARED')).rejects.toThrow('There is no environment');
  });
});
