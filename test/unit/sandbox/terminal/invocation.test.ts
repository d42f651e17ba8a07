import { describe, expect, it } from 'vitest';
import { readInvocation, UsageError } from '../../../../sandbox/terminal/invocation.ts';

describe('readInvocation', () => {
  it('starts the sandbox when nothing is said', () => {
    expect(readInvocation([])).toMatchObject({ command: undefined, transport: 'socket', port: undefined });
  });

  it('reads a whole line', () => {
    const line = ['say', '--as', 'bob', '--in', 'acme-ops', '--settle', '800ms', '/msops status prod'];
    expect(readInvocation(line)).toMatchObject({
      command: 'say',
      as: 'bob',
      channel: 'acme-ops',
      settleMs: 800,
      words: ['/msops status prod'],
    });
  });

  it.each([
    [['sing'], 'There is no command "sing". There are: say, mention, click, submit, messages.'],
    [['say', 'hello'], 'say needs --in CHANNEL.'],
    [['say', '--in', 'acme-ops'], 'say needs a TEXT.'],
    [['click', '--in', 'acme-ops', 'Check again'], 'click needs --url of a running sandbox'],
    [['messages', '--in', 'acme-ops'], 'messages needs --url of a running sandbox'],
    [['say', '--in', 'acme-ops', '--settle', 'soon', 'x'], '--settle takes a time such as 5s or 800ms, not "soon".'],
    [['--port', 'http'], '--port takes a number, not "http".'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', (line, problem) => {
    expect(() => readInvocation(line)).toThrow(UsageError);
    expect(() => readInvocation(line)).toThrow(problem);
  });

  it('finds a button in the Home tab or a modal without a channel', () => {
    const url = 'http://127.0.0.1:4800/';
    expect(readInvocation(['click', '--url', url, '--home', 'Check now'])).toMatchObject({
      isHome: true,
      url: 'http://127.0.0.1:4800',
    });
    expect(readInvocation(['click', '--url', url, '--view', 'top', 'Add'])).toMatchObject({ view: 'top' });
  });
});
