import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';

describe('digest', () => {
  let world: BotWorld;
  beforeAll(async () => {
    world = await startBotWorld();
    await answer(world, ['alice', 'acme-ops'], '/msops status prod');
  });
  afterAll(() => world.stop());

  it('shows our own people how an environment stands, and what is not known', async () => {
    const said = await answer(world, ['alice', 'acme-ops'], '/msops digest prod');
    expect(said.text).toMatch(/^❔ acme\/prod: 5 of 6 healthy, |^⚠️ acme\/prod: 5 of 6 healthy, /);
    expect(said.words).toMatch(/Hosts[\s\S]*mi-2[\s\S]*Could not be found out: .*pending security updates/);
    expect(said).toMatchObject({ isEdited: true, isWhisper: false });
  });

  it('shows the customer the last week, and nothing of our own', async () => {
    const said = await answer(world, ['dana', 'acme-shared'], '@msops digest prod');
    expect(said.text).toContain('The last week of Acme Bank, prod');
    expect(said.words).toContain('The daily digest is for our operations team');
    expect(said.words).not.toMatch(/mi-2|globex|status acme/);
  });

  it('says why there is none of what is not production', async () => {
    const said = await answer(world, ['alice', 'acme-ops'], '/msops digest dev');
    expect(said.words).toContain('acme/dev is not production');
  });
});
