import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from '../../sandbox/bot-process.ts';
import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';
import { readSlackManifest } from '../../sandbox/slack-manifest.ts';
import { BOT_ADDRESS, fault, heal, keyFile, shell, TUNNEL, vpn } from './fleet.ts';
import { fleetMsopsYml } from './msops-yml.ts';
import { answerTo, rowOf } from './slack-answers.ts';

let directory: string;
let slack: Slack;
let bot: BotProcess;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'msops-fleet-bot-'));
  chmodSync(directory, 0o755); // For the account that runs the database of a bot of root's.
  writeFileSync(join(directory, 'msops.yml'), fleetMsopsYml());
  slack = await startSlack({ port: 0, transport: { mode: 'socket' }, ...readSlackManifest() });
  bot = await startBotProcess({
    logFile: join(directory, 'bot.log'),
    environment: {
      PATH: process.env.PATH ?? '',
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.tokens.bot,
      SLACK_APP_TOKEN: slack.tokens.app,
      SSH_PRIVATE_KEY_FILE: keyFile,
      MSOPS_CONFIG: join(directory, 'msops.yml'),
      MSOPS_DATA_DIR: join(directory, 'data'),
    },
  });
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    console.log(readFileSync(join(directory, 'bot.log'), 'utf8').split('\n').slice(-30).join('\n'));
  }
  await heal('bastion', 'a1', 'a2', 'a3', 'b1');
  await vpn('up');
});

afterAll(async () => {
  await bot?.stop();
  await slack?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Warm connections outlive a fault; they are what a bot that was just started would not have. */
async function endConnections(host: string): Promise<void> {
  await fault(host, 'ssh-restart');
}

describe('the bot between a Slack and real hosts', () => {
  it('shows the hosts of an environment with their own numbers', async () => {
    const answer = await answerTo(slack, 'acme-ops', '/msops status prod');
    expect(answer.rows).toHaveLength(3);
    for (const host of ['a1', 'a2', 'a3']) {
      const diskUsed = (await shell(host, 'df --output=pcent / | tail -n 1')).trim().replace('%', ' %');
      expect(rowOf(answer, host)).toMatchObject({ reached: 'yes', disk: `/ ${diskUsed}`, application: 'healthy' });
      expect(rowOf(answer, host).heap).toMatch(/^\d+ of 64 MiB, old \d+ %$/);
    }
  });

  it('says of each host that fails which hop failed and why', async () => {
    await Promise.all(['a1', 'a2'].map(endConnections));
    await fault('a1', 'host-key');
    await fault('a2', 'ssh-hang');
    await fault('a3', 'disk-full');
    const answer = await answerTo(slack, 'acme-ops', '/msops status prod');
    expect(answer.all).toMatch(/host a1 at \S+ showed a host key that is not the pinned one/);
    expect(answer.all).toMatch(/host a2 at \S+ took the connection and then said nothing/);
    expect(rowOf(answer, 'a1')).toMatchObject({ reached: 'key changed', memory: '–', application: '–' });
    expect(rowOf(answer, 'a2').reached).toBe('sshd hangs');
    expect(rowOf(answer, 'a3')).toMatchObject({ reached: 'yes', disk: '/ 100 %' });
  });

  it('names the bastion when it refuses us', async () => {
    await fault('bastion', 'allow-users', 'ops@192.0.2.*');
    await endConnections('bastion');
    const { all } = await answerTo(slack, 'acme-ops', '/msops status prod');
    expect(all).toMatch(/bastion bastion at \S+ refused our key, or our source address is not in its allowlist/);
  });

  it('checks the way in over the bastion', async () => {
    await endConnections('bastion');
    const { all } = await answerTo(slack, 'acme-ops', '/msops connect prod');
    expect(all).toContain(`it saw us as ${BOT_ADDRESS}, which is in the allowlist`);
  });

  it('reaches a host through the tunnel, and says when the tunnel is down', async () => {
    expect(rowOf(await answerTo(slack, 'globex-ops', '/msops status prod'), 'b1').reached).toBe('yes');
    await vpn('down');
    const { all } = await answerTo(slack, 'globex-ops', '/msops connect prod');
    expect(all).toContain(TUNNEL);
    expect(all).toMatch(/down|missing/);
  });

  it('goes on after the bastion was restarted', async () => {
    await endConnections('bastion');
    const answer = await answerTo(slack, 'acme-ops', '/msops status prod');
    expect(answer.rows.map(([, reached]) => reached)).toEqual(['yes', 'yes', 'yes']);
  });
});
