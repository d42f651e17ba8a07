import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageHandler } from '../../../../sandbox/slack/page/page-handler.ts';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { startTestSlack } from '../../../support/slack-app.ts';

describe('page of the sandbox', () => {
  let slack: Slack;

  beforeAll(async () => {
    slack = await startTestSlack('socket', {
      page: createPageHandler({ seenBy: (as, channel) => slack.seenBy(as, channel), hosts: undefined }),
    });
  });

  afterAll(() => slack.stop());

  it('is a page that may load nothing from elsewhere', async () => {
    const response = await fetch(slack.url);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('serves every file that it names', async () => {
    const page = await (await fetch(slack.url)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map(([, path]) => path);
    expect(files.length).toBeGreaterThan(4);
    for (const path of files) {
      expect((await fetch(slack.url + path)).status, path).toBe(200);
    }
  });

  it('asks no other server for styles or fonts', async () => {
    for (const name of ['blocks', 'layout', 'messages', 'controls', 'mail']) {
      const css = await (await fetch(`${slack.url}/page/${name}.css`)).text();
      expect(css, name).not.toMatch(/@import|url\((?!["']?data:)/);
    }
  });

  it.each(['/page/..%2Fpage-handler.ts', '/page/%2e%2e/html.ts', '/page/secret.txt', '/page/nothing.js'])(
    'serves nothing but its own files (%s)',
    async (path) => {
      expect((await fetch(slack.url + path)).status).toBe(404);
    },
  );

  it('says who there is when somebody else is asked for', async () => {
    const response = await fetch(`${slack.url}/page/view?as=nobody&in=acme-ops`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: /alice, bob/ });
  });
});
