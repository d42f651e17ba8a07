import { describe, expect, it } from 'vitest';
import { timeLimitedCommand } from '../../../../src/adapters/ssh/time-limited-command.ts';

const limit = { seconds: 9, killAfterSeconds: 5 };
const timeout = ['timeout', '-k', '5', '9'];

describe('timeLimitedCommand', () => {
  it('puts the limit before the command', () => {
    expect(timeLimitedCommand(['df', '-P'], limit)).toEqual([...timeout, 'df', '-P']);
  });

  it.each([
    [
      ['sudo', '-n'],
      ['systemctl', 'restart', 'x'],
    ],
    [
      ['/usr/bin/sudo', '-n', '-u', 'wso2'],
      ['jcmd', '1'],
    ],
    [['sudo', '--user', 'wso2', '-H', '--'], ['-odd']],
    [['sudo', '--user=wso2', 'LANG=C'], ['date']],
    [
      ['sudo', '-uwso2'],
      ['id', '-u'],
    ],
  ])('puts it inside of %j, where it may end the process', (sudo, command) => {
    expect(timeLimitedCommand([...sudo, ...command], limit)).toEqual([...sudo, ...timeout, ...command]);
  });

  it('puts it outside of a sudo that runs nothing', () => {
    expect(timeLimitedCommand(['sudo', '-n', '-v'], limit)).toEqual([...timeout, 'sudo', '-n', '-v']);
  });
});
