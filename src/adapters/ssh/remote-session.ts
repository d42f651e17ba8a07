import type { ClientChannel } from 'ssh2';
import { type CapturedOutput, captureOutput } from './captured-output.ts';

/** `code` is null when a signal ended the command. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | undefined;
}

/** A running command and what it has said so far. */
export interface RemoteSession {
  readonly channel: ClientChannel;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  readonly exited: Promise<Exit>;
  readonly closed: Promise<void>;
}

/** To be called within the library's callback: a short command's exit may follow in the same packet. */
export function createRemoteSession(channel: ClientChannel, maxOutputBytes: number): RemoteSession {
  const { promise: exited, resolve: exit } = Promise.withResolvers<Exit>();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  channel.on('exit', (code: number | null, signal?: string) => exit({ code, signal }));
  channel.on('close', () => close());
  const stdout = captureOutput(channel, maxOutputBytes);
  const stderr = captureOutput(channel.stderr, maxOutputBytes);
  return { channel, stdout, stderr, exited, closed };
}
