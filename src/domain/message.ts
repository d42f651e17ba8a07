/** One Block Kit block as plain data. Views build them typed; everything below only carries them. */
export interface MessageBlock {
  readonly type: string;
}

/** What the bot says. `text` is what notifications and screen readers get, so it is never missing. */
export interface Message {
  readonly text: string;
  readonly blocks?: readonly MessageBlock[] | undefined;
}
