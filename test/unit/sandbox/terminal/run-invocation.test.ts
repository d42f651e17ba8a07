import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { readInvocation } from '../../../../sandbox/terminal/invocation.ts';
import { type InvocationResult, runInvocation } from '../../../../sandbox/terminal/run-invocation.ts';
import { createSandboxClient, SandboxError } from '../../../../sandbox/terminal/sandbox-client.ts';
import { startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';

describe('runInvocation', () => {
  let slack: Slack;
  let app: TestApp;

  beforeAll(async () => {
    slack = await startTestSlack('socket');
    app = await startTestApp(slack, { mode: 'socket' }, (bolt) => {
      bolt.command('/msops', async ({ ack, respond, command: { text } }) => {
        await ack();
        const block = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: `answer to ${text}` } };
        await respond({ text, blocks: [text === 'wrong' ? { ...block, block_id: 'error' } : block] });
      });
      bolt.event('app_mention', async ({ say }) => {
        await say('heard');
      });
    });
  });

  afterAll(async () => {
    await app.stop();
    await slack.stop();
  });

  it('prints what the person sees after a command, and nothing older', async () => {
    await run('say', '--in', 'acme-ops', '/msops first');
    const { output, exitCode } = await run('say', '--in', 'acme-ops', '/msops second');
    expect(output).toMatch(/\(app, only visible to alice\)\n {2}answer to second$/);
    expect(output).not.toContain('first');
    expect(exitCode).toBe(0);
  });

  it('mentions the bot', async () => {
    const { output } = await run('mention', '--as', 'dana', '--in', 'acme-shared', 'status');
    expect(output).toMatch(/@msops status[\s\S]*heard/);
  });

  it('prints the messages of a channel as JSON', async () => {
    await run('say', '--in', 'ops-all', 'good morning');
    const { output } = await run('messages', '--in', 'ops-all', '--as', 'bob', '--json');
    expect(JSON.parse(output)).toMatchObject([{ text: 'good morning', author: { handle: 'alice' } }]);
  });

  it('ends with 1 when the bot answers with an error', async () => {
    const { exitCode, problem } = await run('say', '--in', 'acme-ops', '/msops wrong');
    expect(exitCode).toBe(1);
    expect(problem).toBe('The bot answered with an error.');
  });

  it('ends with 1 when Slack does not know the command', async () => {
    const { exitCode, output } = await run('say', '--in', 'acme-ops', '/mops status');
    expect(exitCode).toBe(1);
    expect(output).toContain('/mops is not a valid command');
  });

  it('says where no sandbox answers, and which channels there are', async () => {
    const nowhere = createSandboxClient('http://127.0.0.1:9');
    const invocation = readInvocation(['say', '--in', 'acme-ops', 'hello']);
    await expect(runInvocation(nowhere, invocation)).rejects.toThrow(SandboxError);
    await expect(run('say', '--in', 'acme-opps', 'hello')).rejects.toThrow('There are: #acme-ops');
  });

  function run(...args: string[]): Promise<InvocationResult> {
    const quick = ['--url', slack.url, '--settle', '60ms', '--timeout', '20s'];
    return runInvocation(createSandboxClient(slack.url), readInvocation([...quick, ...args]));
  }
});
