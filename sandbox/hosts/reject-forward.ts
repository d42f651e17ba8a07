import type { Connection } from 'ssh2';
import type { ForwardRequest } from './ssh-server.ts';

/** RFC 4254, 5.1, with the texts of OpenSSH. */
const REASONS = {
  administratively_prohibited: { code: 1, text: 'open failed' },
  connection_refused: { code: 2, text: 'Connection refused' },
} as const;

type ChannelOpenFail = (channel: number, code: number, text: string) => void;

/**
 * Refuses a channel for a stated reason. The library's own `reject()` knows only one reason and no text,
 * so what it is about to say is replaced on the way out.
 */
export function rejectForward(connection: Connection, request: ForwardRequest, reason: keyof typeof REASONS): void {
  const { _protocol: protocol } = connection as unknown as { _protocol: { channelOpenFail: ChannelOpenFail } };
  const say = protocol.channelOpenFail;
  protocol.channelOpenFail = (channel) => say.call(protocol, channel, REASONS[reason].code, REASONS[reason].text);
  try {
    request.reject();
  } finally {
    protocol.channelOpenFail = say;
  }
}
