import { describe, expect, it } from 'vitest';
import { runLocal } from '../../../../src/adapters/vpn/run-local.ts';

describe('runLocal', () => {
  it('gives exit code and output', async () => {
    expect(
      await runLocal(process.execPath, ['-e', 'console.log(1); console.error(2); process.exit(3)'], 10_000),
    ).toEqual({
      kind: 'exited',
      exitCode: 3,
      stdout: '1\n',
      stderr: '2\n',
    });
  });

  it('hands arguments over as they are, without a shell', async () => {
    const hostile = '$(id); `id` "\' | *';
    const outcome = await runLocal(process.execPath, ['-e', 'console.log(process.argv[1])', hostile], 10_000);
    expect(outcome).toMatchObject({ stdout: `${hostile}\n` });
  });

  it('tells a program that is not there', async () => {
    expect(await runLocal('/nonexistent/wg', [], 10_000)).toEqual({ kind: 'not_installed' });
  });

  it('ends a program that does not answer', async () => {
    expect(await runLocal(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 300)).toEqual({ kind: 'timed_out' });
  });
});
