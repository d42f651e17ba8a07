/** The slash command as views mention it; a test compares it with the one that handlers listen to. */
export const COMMAND_WORD = '/msops';
