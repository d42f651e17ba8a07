/** What a script for accounts said, line by line. */
export interface ScriptAnswer {
  /** `made` or `gone`; `undefined`: it failed, or was cut off. */
  readonly done: 'made' | 'gone' | undefined;
  readonly failure: ScriptWord | undefined;
  readonly notes: readonly ScriptWord[];
  /** The host's own time. */
  readonly clock: Date | undefined;
  /** It came to its end. */
  readonly ended: boolean;
}

export interface ScriptWord {
  readonly code: string;
  readonly detail: string;
}

const LINE = /^msops-account ([a-z]+)(?:\|(.*))?$/;

/** Lines that are not the script's, such as those of a login banner, are passed over. */
export function readAnswer(stdout: string): ScriptAnswer {
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [, word, rest = ''] = LINE.exec(line) ?? [];
      return word === undefined ? [] : [{ word, rest }];
    });
  const rests = (word: string) => lines.filter((line) => line.word === word).map(({ rest }) => rest);
  const ended = lines.at(-1)?.word === 'end';
  const failure = rests('fail').map(toWord)[0];
  const [seconds] = rests('clock').filter((rest) => /^\d{9,11}$/.test(rest));
  return {
    ended,
    failure,
    done: ended && failure === undefined ? lines.map(({ word }) => word).find(isDone) : undefined,
    notes: rests('note').map(toWord),
    clock: seconds === undefined ? undefined : new Date(Number(seconds) * 1000),
  };
}

function isDone(word: string): word is 'made' | 'gone' {
  return word === 'made' || word === 'gone';
}

function toWord(rest: string): ScriptWord {
  const [code = '', ...detail] = rest.split('|');
  return { code, detail: detail.join('|') };
}
