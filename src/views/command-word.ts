/** The slash command as views mention it; a test compares it with the one that handlers listen to. */
export const COMMAND_WORD = '/msops';

/** How people write to the bot who have no slash command, such as those of another workspace. */
export const MENTION_WORD = '@msops';
