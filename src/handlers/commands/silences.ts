import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { UserError } from '../../domain/errors.ts';
import { SIGNALS, type Signal } from '../../domain/inventory.ts';
import { nearest } from '../../domain/nearest.ts';
import { LONGEST_REASON } from '../../domain/reason.ts';
import { echo, readTypedName } from '../../services/inventory/typed-name.ts';
import { readHostList } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { saySilenced } from '../say-silenced.ts';

const SilenceArguments = z
  .object({
    words: z.tuple([z.string('Which environment, for how long, and why?')], z.string()),
    options: z.object({
      host: z.string().optional(),
      signal: z.string().optional(),
      for: z.string('For how long? Say it like `--for 4h`.'),
    }),
  })
  .refine(({ words: [, ...reason] }) => reason.join('').trim() !== '', 'Say why: the reason follows the environment.')
  .transform(({ words: [environment, ...reason], options }) => ({
    ...{ environment, hosts: readHostList([], options.host), signal: options.signal, duration: options.for },
    reason: reason.join(' ').slice(0, LONGEST_REASON),
  }));

export const silence = defineCommand({
  verb: 'silence',
  synopsis: '<environment> [--host h,…] [--signal s] --for 4h <reason…>',
  summary: `Tell nobody of alerts for a time, 7 days at most. Signals: ${SIGNALS.join(', ')}.`,
  example: 'silence prod --host mi-2 --signal disk --for 4h archive job runs until noon',
  permission: 'alert.manage',
  auditAction: 'alert.silence',
  options: { host: { type: 'string' }, signal: { type: 'string' }, for: { type: 'string' } },
  args: SilenceArguments,

  async run({ environment, hosts, signal, duration, reason }, context) {
    const until = new Date(context.clock.now().getTime() + parseDuration(duration));
    const of = signal === undefined ? undefined : readSignal(signal);
    await saySilenced({ environment, hosts, signal: of, until, reason }, context);
  },
});

function readSignal(typed: string): Signal {
  const wanted = readTypedName(typed);
  const signal = SIGNALS.find((candidate) => candidate === wanted);
  if (signal === undefined) {
    const similar = nearest(wanted, SIGNALS);
    const hint = similar === undefined ? `There are ${SIGNALS.join(', ')}.` : `Did you mean \`${similar}\`?`;
    throw new UserError(`There is no signal ${echo(typed)}.`, { hint });
  }
  return signal;
}
