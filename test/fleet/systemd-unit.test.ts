import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';
import { readSlackManifest } from '../../sandbox/slack-manifest.ts';
import { until } from '../support/until.ts';
import { exec, keyFile, shell, writeFile } from './fleet.ts';
import { fleetMsopsYml } from './msops-yml.ts';
import { answerTo } from './slack-answers.ts';

/** The machine of the bot: systemd, the checkout in /opt/msops, and the network that these tests run in. */
const MACHINE = 'bot';
const PATIENCE_MS = 90_000;

let slack: Slack;

beforeAll(async () => {
  slack = await startSlack({ port: 0, transport: { mode: 'socket' }, ...readSlackManifest() });
  // As the unit says, but for Node: the one that the checkout brings.
  await shell(
    MACHINE,
    `useradd --system --home-dir /var/lib/msops --shell /usr/sbin/nologin msops
     install -d -m 700 /etc/credstore
     install -d /etc/msops
     ln -s /opt/msops/node_modules/node/bin/node /usr/bin/node
     install -m 644 /opt/msops/deploy/msops.service /etc/systemd/system/
     systemctl daemon-reload`,
  );
  await writeFile(MACHINE, '/etc/msops/msops.yml', fleetMsopsYml());
  await shell(MACHINE, 'chgrp msops /etc/msops/msops.yml; chmod 640 /etc/msops/msops.yml');
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    console.log((await journal()).split('\n').slice(-30).join('\n'));
  }
});

afterAll(async () => {
  await exec(MACHINE, 'systemctl', 'stop', 'msops');
  await slack?.stop();
});

/** Lines of the journal since a point in it. */
function journal(since = ''): Promise<string> {
  return shell(MACHINE, `journalctl -u msops --no-pager -o cat ${since === '' ? '' : `--after-cursor='${since}'`}`);
}

function journalCursor(): Promise<string> {
  return shell(MACHINE, "journalctl -n 1 --no-pager --show-cursor | sed -n 's/^-- cursor: //p'");
}

async function property(name: string): Promise<string> {
  return exec(MACHINE, 'systemctl', 'show', 'msops', '--value', '-p', name);
}

async function isReadySince(cursor: string): Promise<boolean> {
  return (await journal(cursor)).includes('"msg":"Ready"');
}

async function expectStatus(): Promise<void> {
  const { rows } = await answerTo(slack, 'acme-ops', '/msops status prod');
  expect(rows.map(([, reached]) => reached)).toEqual(['yes', 'yes', 'yes']);
}

async function installSecrets(): Promise<void> {
  const secrets = {
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    SSH_PRIVATE_KEY: readFileSync(keyFile, 'utf8'),
  };
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(MACHINE, `/etc/credstore/msops.${name}`, value);
  }
  // In production only Slack itself is taken for Slack.
  await writeFile(MACHINE, '/etc/msops/msops.env', `SLACK_API_URL=${slack.apiUrl}\nNODE_ENV=test\n`);
}

describe('msops.service', () => {
  it('is a unit that systemd has nothing to say against, and that exposes little', async () => {
    expect(await shell(MACHINE, 'systemd-analyze verify /etc/systemd/system/msops.service 2>&1')).toBe('');
    const report = await shell(MACHINE, 'systemd-analyze security --no-pager msops || true');
    const exposure = Number(report.match(/exposure level for msops\.service: ([\d.]+)/)?.[1]);
    expect(exposure).toBeLessThan(1.5);
  });

  it('lists every missing setting and is not started again', async () => {
    await shell(MACHINE, 'systemctl start msops || true');
    await until('the unit has failed', async () => (await property('ActiveState')) === 'failed', PATIENCE_MS);
    expect(await property('ExecMainStatus')).toBe('78');
    expect(await property('NRestarts')).toBe('0');
    const said = await journal();
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SSH_PRIVATE_KEY']) {
      expect(said).toContain(name);
    }
  });

  it('starts with its credentials, as a user without rights, on its own PostgreSQL', async () => {
    await installSecrets();
    const cursor = await journalCursor();
    await exec(MACHINE, 'systemctl', 'reset-failed', 'msops');
    await exec(MACHINE, 'systemctl', 'start', 'msops');
    await until('the bot is ready', () => isReadySince(cursor), PATIENCE_MS);
    const pid = await property('MainPID');
    const user = await exec(MACHINE, 'id', '-u', 'msops');
    const process = await exec(MACHINE, 'cat', `/proc/${pid}/status`);
    expect(process).toMatch(new RegExp(`^Uid:\\t${user}\\t`, 'm'));
    expect(process).toMatch(/^CapEff:\t0+$/m);
    expect(process).toMatch(/^NoNewPrivs:\t1$/m);
    expect(await shell(MACHINE, 'pgrep -u msops -x postgres | head -n 1')).toMatch(/^\d+$/);
    expect(await shell(MACHINE, 'stat -c "%U %a" /var/lib/msops')).toBe('msops 700');
  });

  it('answers in Slack about real hosts', async () => {
    await expectStatus();
  });

  it('reads its configuration again on reload, and keeps the old one when the new one is wrong', async () => {
    const start = await journalCursor();
    await exec(MACHINE, 'systemctl', 'reload', 'msops');
    await until('the reload is logged', async () => (await journal(start)).includes('Configuration reloaded'));

    const wrong = await journalCursor();
    await shell(MACHINE, 'sed -i "s/^version: 1/version: 2/" /etc/msops/msops.yml');
    await exec(MACHINE, 'systemctl', 'reload', 'msops');
    await until('the wrong file is refused', async () => (await journal(wrong)).includes('the old one stays'));
    await shell(MACHINE, 'sed -i "s/^version: 2/version: 1/" /etc/msops/msops.yml');
    await expectStatus();
  });

  it('starts again when it was killed', async () => {
    const cursor = await journalCursor();
    await exec(MACHINE, 'systemctl', 'kill', '--signal=KILL', '--kill-who=main', 'msops');
    await until('the bot is ready again', () => isReadySince(cursor), PATIENCE_MS);
    await expectStatus();
  });

  it('stops by itself, with its PostgreSQL, and leaves no process', async () => {
    await exec(MACHINE, 'systemctl', 'stop', 'msops');
    expect(await property('Result')).toBe('success');
    expect(await property('ExecMainStatus')).toBe('0');
    expect(await shell(MACHINE, 'pgrep -u msops || true')).toBe('');
    expect(await shell(MACHINE, 'tail -n 1 /var/lib/msops/postgres/server.log')).toContain(
      'database system is shut down',
    );
  });

  it('wrote no secret into the journal', async () => {
    const said = await journal();
    expect(said).toContain('Ready');
    for (const secret of [slack.tokens.bot, slack.tokens.app, readFileSync(keyFile, 'utf8').split('\n')[1]!]) {
      expect(said).not.toContain(secret);
    }
  });
});
