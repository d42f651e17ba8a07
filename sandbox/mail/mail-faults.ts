/** What can go wrong with the mail server; tests and the page switch it. */
export interface MailFaults {
  refuseLogins: boolean;
  /** Answers 451 to every recipient. */
  tryLater: boolean;
  /** Answers 554 to the content. */
  refuseContent: boolean;
  /** Takes the connection and says nothing. */
  hang: boolean;
  /** Recipients that it does not know. */
  readonly unknown: Set<string>;
  /** Recipients that it would take later: 450. */
  readonly greylisted: Set<string>;
  /** Nothing listens on its port. */
  isDown(): boolean;
  setDown(isDown: boolean): Promise<void>;
  /** In words, for the page. */
  list(): string[];
  heal(): Promise<void>;
}

type Switch = 'refuseLogins' | 'tryLater' | 'refuseContent' | 'hang';
const WORDS: Readonly<Record<Switch, string>> = {
  refuseLogins: 'refuses logins',
  tryLater: 'says to try later',
  refuseContent: 'refuses every mail',
  hang: 'hangs',
};
const SWITCHES = Object.keys(WORDS) as Switch[];

/** @param listening Opens and closes the server's port. */
export function createMailFaults(listening: { open(): Promise<void>; close(): Promise<void> }): MailFaults {
  let isDown = false;
  const faults: MailFaults = {
    refuseLogins: false,
    tryLater: false,
    refuseContent: false,
    hang: false,
    unknown: new Set(),
    greylisted: new Set(),
    isDown: () => isDown,
    async setDown(wanted) {
      if (wanted !== isDown) {
        isDown = wanted;
        await (wanted ? listening.close() : listening.open());
      }
    },
    list() {
      const on = SWITCHES.filter((name) => faults[name]).map((name) => WORDS[name]);
      const unknown = [...faults.unknown].map((address) => `does not know ${address}`);
      const greylisted = [...faults.greylisted].map((address) => `greylists ${address}`);
      return [...(isDown ? ['stopped'] : []), ...on, ...unknown, ...greylisted];
    },
    async heal() {
      for (const name of SWITCHES) {
        faults[name] = false;
      }
      faults.unknown.clear();
      faults.greylisted.clear();
      await faults.setDown(false);
    },
  };
  return faults;
}
