import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity } from '../../../../sandbox/aws/ses/identity-operations.ts';
import type { Identity } from '../../../../sandbox/aws/ses/ses-region.ts';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { createMailDomain } from '../../../../sandbox/mail/mail-domain.ts';
import { type MailServer, startMailServer } from '../../../../sandbox/mail/mail-server.ts';
import { createPageHandler } from '../../../../sandbox/slack/page/page-handler.ts';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { startTestSlack } from '../../../support/slack-app.ts';

describe('world panel', () => {
  const directory = mkdtempSync(join(tmpdir(), 'world-panel-'));
  let hosts: RunningHosts;
  let slack: Slack;
  let mail: MailServer;
  let identity: Identity | undefined;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
    mail = await startMailServer();
    const seenBy: Slack['seenBy'] = (as, channel) => slack.seenBy(as, channel);
    const mailDomain = createMailDomain({
      name: 'globex.example',
      find: () => identity,
      makeRecords: () => identity !== undefined,
    });
    const page = createPageHandler({ seenBy, hosts, mailFaults: mail.faults, mailDomain });
    slack = await startTestSlack('socket', { page });
  });

  afterAll(async () => {
    await slack.stop();
    await hosts.stop();
    await mail.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('shows what is broken from the start', async () => {
    const html = await (await fetch(`${slack.url}/page/world`)).text();
    expect(html).toMatch(/gw-2[\s\S]*?product stopped/);
    expect(html).toMatch(/esb-2[\s\S]*?refuses connections/);
  });

  it.each([
    { kind: 'host', name: 'apim-1', action: 'hang', fault: 'frozen' },
    { kind: 'host', name: 'apim-1', action: 'fillDisk', fault: '/var 97 % full' },
    { kind: 'host', name: 'apim-1', action: 'changeHostKey', fault: 'shows another host key' },
    { kind: 'bastion', name: 'acme-bastion', action: 'stop', fault: 'stopped' },
    { kind: 'bastion', name: 'acme-bastion', action: 'denyForwarding', fault: 'denies forwarding' },
  ])('breaks $name by $action and heals it', async ({ kind, name, action, fault }) => {
    await change({ kind, name, action });
    const control = kind === 'host' ? hosts.control.host(name) : hosts.control.bastion(name);
    expect(control.faults()).toEqual([fault]);
    await change({ kind, name, action: 'heal' });
    expect(control.faults()).toEqual([]);
  });

  it('breaks the mail server and heals it', async () => {
    await change({ kind: 'mail', name: 'mail server', action: 'stop' });
    expect(mail.faults.list()).toEqual(['stopped']);
    await change({ kind: 'mail', name: 'mail server', action: 'heal' });
    expect(mail.faults.list()).toEqual([]);
  });

  it('heals everything at once', async () => {
    await change({ kind: 'mail', name: 'mail server', action: 'refuseLogins' });
    await change({ action: 'healAll' });
    expect(mail.faults.list()).toEqual([]);
    expect(hosts.control.hostNames.flatMap((name) => hosts.control.host(name).faults())).toEqual([]);
  });

  it('makes the DNS records of a mail domain once its verification has begun', async () => {
    const shown = async () => (await (await fetch(`${slack.url}/page/world`)).json()) as { html: string };
    expect((await shown()).html).toMatch(/nobody has begun its verification[\s\S]*disabled>Make its DNS records/);
    const early = await change({ action: 'makeRecords' });
    expect([early.status, await early.json()]).toMatchObject([400, { error: /email verify globex/ }]);

    identity = newIdentity('globex.example', 'eu-central-1', new Date());
    expect((await shown()).html).toContain('SES waits for its DNS records');
    await change({ action: 'makeRecords' });
    expect((await shown()).html).toContain('records made');
    identity = { ...newIdentity('globex.example', 'eu-central-1', new Date()), dkimTokens: ['another'] };
    expect((await shown()).html).toContain('SES waits for its DNS records');
    identity.status = 'SUCCESS';
    expect((await shown()).html).toMatch(/verified by SES[\s\S]*disabled>Make its DNS records/);
  });

  it('says what can be done when asked for something else', async () => {
    const response = await change({ kind: 'host', name: 'apim-1', action: 'constructor' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: /There are: heal, hang/ });
  });

  it('does nothing for a form of another page', async () => {
    const headers = { 'content-type': 'text/plain' };
    const body = JSON.stringify({ kind: 'host', name: 'apim-1', action: 'hang' });
    await fetch(`${slack.url}/page/world`, { method: 'POST', headers, body });
    expect(hosts.control.host('apim-1').faults()).toEqual([]);
  });

  function change(body: Record<string, string>): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(`${slack.url}/page/world`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
});
