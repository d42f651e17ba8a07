/** Of a reason that somebody gives for what they do, in characters. */
export const LONGEST_REASON = 500;
