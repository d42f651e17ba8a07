import type { ParseArgsOptionsConfig } from 'node:util';
import type { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { Clock } from '../domain/clock.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import type { Permission } from '../domain/permission.ts';
import type { Place } from '../domain/place.ts';
import type { Outbox } from '../services/notifications/ports.ts';
import type { Answer } from './answer.ts';
import { COMMAND } from './catalog.ts';
import type { ChartPictures } from './chart-pictures.ts';
import { type ParsedArguments, parseArguments } from './parse-command-line.ts';
import type { Services } from './services.ts';

/** What an audit entry says was touched. */
export interface AuditTarget {
  /** `noun.verb`. */
  readonly action?: string;
  readonly customer?: string | undefined;
  readonly environment?: string | undefined;
  readonly hosts?: readonly string[] | undefined;
}

/** Who asks, where, and what a command may use. */
export interface CommandContext {
  readonly actor: Actor;
  readonly place: Place;
  readonly services: Services;
  readonly answer: Answer;
  readonly clock: Clock;
  /** For messages that are no answers, in other places than the one where it was asked. */
  readonly outbox: Outbox;
  readonly charts: ChartPictures;
  /** The commands that this person may use here, for help. */
  readonly available: readonly Command[];
  /** Remembers what was touched, for the audit entry. */
  touch(target: AuditTarget): void;
}

export interface CommandSpec<Args> {
  /** One word, or two where several commands share the first: `patch plan`. */
  readonly verb: string;
  /** What follows the verb, e.g. `<environment> [host…]`. */
  readonly synopsis: string;
  readonly summary: string;
  readonly example: string;
  /** `undefined` is for help alone. */
  readonly permission: Permission | undefined;
  /** What the audit log calls it. */
  readonly auditAction: string;
  readonly options: ParseArgsOptionsConfig;
  /** Parses words and options; its messages are shown to the person. */
  readonly args: z.ZodType<Args, unknown>;
  run(args: Args, context: CommandContext): Promise<void>;
}

/** A command with its arguments' type forgotten, so that all kinds fit in one list. */
export interface Command extends Omit<CommandSpec<unknown>, 'args' | 'run'> {
  readonly usage: string;
  /** @throws {UserError} when the words do not fit. */
  run(words: readonly string[], context: CommandContext): Promise<void>;
}

/** A command without a permission does not compile. */
export function defineCommand<Args>(spec: CommandSpec<Args>): Command {
  const usage = `${COMMAND} ${spec.verb} ${spec.synopsis}`.trimEnd();
  const { args: _args, run: _run, ...shown } = spec;
  return {
    ...shown,
    usage,
    async run(words, context) {
      try {
        await spec.run(readArguments(spec, parseArguments(words, spec.options)), context);
      } catch (error) {
        throw withUsage(error, usage);
      }
    },
  };
}

function readArguments<Args>(spec: CommandSpec<Args>, parsed: ParsedArguments): Args {
  const read = spec.args.safeParse(parsed);
  if (!read.success) {
    throw new UserError(read.error.issues[0]?.message ?? 'I did not understand that.');
  }
  return read.data;
}

/** Whatever somebody got wrong, the usage line is below it. */
function withUsage(error: unknown, usage: string): unknown {
  if (!(error instanceof UserError) || error instanceof DeniedError) {
    return error;
  }
  const hint = [error.hint, `Usage: \`${usage}\``].filter((part) => part !== undefined).join(' ');
  return new UserError(error.message, { hint, cause: error });
}
