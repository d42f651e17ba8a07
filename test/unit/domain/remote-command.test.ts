import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toShell } from '../../../src/domain/remote-command.ts';

describe('toShell', () => {
  it('leaves plain arguments readable', () => {
    expect(toShell(['systemctl', 'status', 'wso2am.service', '--lines=5'])).toBe(
      'systemctl status wso2am.service --lines=5',
    );
  });

  it.each([
    ['$(id)', "'$(id)'"],
    ['; rm -rf /', "'; rm -rf /'"],
    ["it's", `'it'\\''s'`],
    ['', "''"],
    ['a\nb', "'a\nb'"],
    ['~', "'~'"],
    ['*', "'*'"],
  ])('quotes %j', (argument, quoted) => {
    expect(toShell([argument])).toBe(quoted);
  });

  it('refuses a NUL byte, which no argument can hold', () => {
    expect(() => toShell(['a\0b'])).toThrow(TypeError);
  });

  it('is read back by a real shell as the very same arguments', () => {
    const argument = fc
      .oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ -~]{0,20}$/))
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    const commands = fc.sample(fc.array(argument, { minLength: 1, maxLength: 4 }), { numRuns: 300, seed: 20 });
    // One shell for all: each command prints its arguments, ended by NUL, and a record mark.
    const script = commands.map((command) => `printf '%s\\0' ${toShell(command)}; printf '=\\0'`).join('\n');
    const output = execFileSync('sh', ['-s'], { input: script, encoding: 'utf8' });
    expect(output).toBe(commands.map((command) => `${command.map((word) => `${word}\0`).join('')}=\0`).join(''));
  });
});
