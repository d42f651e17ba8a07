import { isIP } from 'node:net';
import * as z from 'zod';
import { quoted } from './config-problem.ts';
import { AbsolutePath, Address, HostName, listOf, section, text } from './fields.ts';

const HIGHEST_PORT = 65_535;

/** `10.0.0.5:9999`, `lb.example:9999` or `[2001:db8::5]:9999`. */
const AddressAndPort = z.string().transform((value, context) => {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(value) ?? [];
  const address = inBrackets ?? plain ?? '';
  const isRight = inBrackets === undefined ? Address.safeParse(address).success : isIP(address) === 6;
  if (!isRight || Number(port) < 1 || Number(port) > HIGHEST_PORT) {
    context.addIssue(`must be an address with its port, such as 192.0.2.5:9999, not ${quoted(value)}`);
  }
  return { address, port: Number(port) };
});

/** What HAProxy takes for a name; anything else could end its command line. */
const ServerName = text(/^[\w.:-]{1,128}\/[\w.:-]{1,128}$/, 'backend and server of HAProxy, such as gateway/apim-1');

const HaproxySection = section({
  via: HostName,
  socket: AbsolutePath.optional(),
  address: AddressAndPort.optional(),
  servers: listOf(ServerName),
}).refine(
  ({ socket, address }) => (socket === undefined) !== (address === undefined),
  "must say where HAProxy's runtime API is: `socket` or `address`, one of the two",
);

const Argument = text(/^\P{Cc}{1,1000}$/u, 'an argument without control characters');

/** Lists of arguments, as they are given to the program: no shell reads them. */
const CommandSection = section({
  via: HostName.optional(),
  drain: listOf(Argument),
  ready: listOf(Argument),
});

/** How requests are kept away from a host while it is changed. */
export const DrainSection = section({ haproxy: HaproxySection.optional(), command: CommandSection.optional() }).refine(
  ({ haproxy, command }) => (haproxy === undefined) !== (command === undefined),
  'must be `haproxy` or `command`, one of the two',
);
export type DrainSection = z.infer<typeof DrainSection>;
