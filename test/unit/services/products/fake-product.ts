import type { CommandResult } from '../../../../src/domain/remote-executor.ts';
import { createFakeExecutor, type RecordedRun } from '../../../support/fake-executor.ts';

/** A host with one product, as far as its processes go. What is set is what the next look shows. */
export interface FakeProduct {
  readonly executor: ReturnType<typeof createFakeExecutor>;
  /** What was asked of it, `stop` or `systemctl start --no-block wso2is.service`. */
  readonly asked: string[];
  /** Parts of the answer to a look, over those of a product that does not run. */
  parts: Record<string, readonly string[] | number>;
  /** Called at each question, before it is answered. */
  onAsk(words: string): void;
  onLook(number: number): void;
  /** Answers instead of the host, when it says something. */
  answer(run: RecordedRun): Partial<CommandResult> | undefined;
}

const NOT_RUNNING = { now: ['1000000'], pids: 1, pidfile: 1, log: ['77 500'], started: 1, end: [] } as const;

export function running(pid: number, ageSeconds = 5): Pick<FakeProduct, 'parts'>['parts'] {
  return { pids: [`${pid} ${ageSeconds}`], pidfile: [`${pid} own`] };
}

export function createFakeProduct(host = 'is-1'): FakeProduct {
  let looks = 0;
  const fake: FakeProduct = {
    executor: createFakeExecutor({ [host]: reply }),
    asked: [],
    parts: {},
    onAsk: () => {},
    onLook: () => {},
    answer: () => undefined,
  };

  function reply(run: RecordedRun): Partial<CommandResult> {
    const own = fake.answer(run);
    if (own) {
      return own;
    }
    const { command } = run;
    const [, verb, ...more] = command.slice(command.indexOf('msops-product') + 1);
    if (command.includes('systemctl')) {
      return ask(command.filter((word) => word !== 'sudo' && word !== '-n').join(' '), {});
    }
    if (more.length === 1) {
      return ask(verb ?? '', { stdout: text({ asked: [], end: [] }) });
    }
    looks += 1;
    fake.onLook(looks);
    return { stdout: text({ ...NOT_RUNNING, ...fake.parts }) };
  }

  function ask(words: string, result: Partial<CommandResult>): Partial<CommandResult> {
    fake.asked.push(words);
    fake.onAsk(words);
    return result;
  }
  return fake;
}

function text(parts: FakeProduct['parts']): string {
  return Object.entries(parts)
    .map(([name, content]) => {
      const lines = typeof content === 'number' ? [] : content;
      return `${lines.map((line) => `${name}|${line}\n`).join('')}${name}=${typeof content === 'number' ? content : 0}\n`;
    })
    .join('');
}
