import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import { describeExit } from '../../domain/probe-output.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { CommandResult, RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import { buildInspect, buildMake, buildRemove } from './account-command.ts';
import { describeFailure, describeNote } from './account-words.ts';
import { checkAccount } from './check-account.ts';
import type { AccountEnd, AccountTarget, LinuxAccounts } from './linux-account.ts';
import { readAnswer, type ScriptAnswer } from './read-answer.ts';
import { readHostAccounts } from './read-host-accounts.ts';

export interface LinuxAccountsDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Logs of a product can be thousands of files, and a host under load is slow. */
const DEADLINE_MS = 180_000;
const MAX_OUTPUT_BYTES = 2 * 1024 * 1024;
/** The host ends access by its own clock. */
const MOST_SKEW_MS = 60_000;

/** Each call is one round trip of a script that root runs, by `sudo -n` unless it is root that logs in. */
export function createLinuxAccounts({ executor, clock, logger }: LinuxAccountsDeps): LinuxAccounts {
  function run(target: AccountTarget, command: RemoteCommand, signal?: AbortSignal) {
    const options = { deadlineMs: DEADLINE_MS, maxOutputBytes: MAX_OUTPUT_BYTES, signal };
    return executor.run(remoteOf(target), command, options);
  }

  function judge(what: 'made' | 'gone', result: CommandResult, facts: { host: string; grantId: string }): AccountEnd {
    const answer = readAnswer(result.stdout);
    if (answer.done === what) {
      const notes = [...answer.notes.map(describeNote), ...skewOf(answer, clock.now())];
      return { ok: true, note: notes.length > 0 ? notes.join('; ') : undefined };
    }
    const end = answer.failure ? describeFailure(answer.failure) : cutOff(result);
    logger.warn('Linux account not as wanted', { ...facts, wanted: what, reason: end.reason });
    return end;
  }

  return {
    async make(target, account, signal) {
      const { host } = target;
      const refusal = checkAccount(account) ?? (account.until <= clock.now() ? 'its end has passed' : undefined);
      return refusal === undefined
        ? judge('made', await run(target, buildMake(host, account), signal), facts(target, account))
        : { ok: false, reason: refusal };
    },
    async remove(target, account, signal) {
      const refusal = checkAccount(account);
      return refusal === undefined
        ? judge('gone', await run(target, buildRemove(target.host, account), signal), facts(target, account))
        : { ok: false, reason: refusal };
    },
    async inspect(target) {
      return readHostAccounts(target.host.name, await run(target, buildInspect(target.host)));
    },
  };
}

const facts = ({ host }: AccountTarget, { grantId }: { grantId: string }) => ({ host: host.name, grantId });

function cutOff(result: CommandResult): Extract<AccountEnd, { ok: false }> {
  const isSudo = /^sudo: /m.test(result.stderr);
  return {
    ok: false,
    reason: `the script did not come to its end: ${describeExit(result)}`,
    advice: isSudo ? 'The login user needs sudo without a password on this host.' : undefined,
  };
}

function skewOf({ clock: hostClock }: ScriptAnswer, now: Date): readonly string[] {
  const skewMs = hostClock === undefined ? 0 : hostClock.getTime() - now.getTime();
  if (Math.abs(skewMs) <= MOST_SKEW_MS) {
    return [];
  }
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return [`its clock is ${minutes} min ${skewMs < 0 ? 'behind' : 'ahead'}, and it ends access by its own clock`];
}
