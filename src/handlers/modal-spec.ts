import type { ActionContext } from './action-spec.ts';

/** What somebody filled in and sent. */
export interface Submission {
  /** By block id: the text of an input, the value of a choice; missing when nothing was filled in. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** What the view remembered in its `private_metadata`, without the place, which is the context's. */
  readonly metadata: string;
}

/** A modal that can be submitted. What somebody may do is checked at the submission, by the same function as for commands. */
export interface Modal {
  /** `callback_id` of its view: `noun.verb`; also what the audit log calls it. */
  readonly id: string;
  /** Pure and at once, before Slack is answered: what is wrong with which input, by block id. Empty: nothing. */
  check(submission: Submission): Readonly<Record<string, string>>;
  run(submission: Submission, context: Omit<ActionContext, 'openModal'>): Promise<void>;
}
