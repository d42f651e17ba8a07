import { z } from 'zod';
import { helpView } from '../../views/help-view.ts';
import { defineCommand } from '../command-spec.ts';

export const help = defineCommand({
  verb: 'help',
  synopsis: '[command]',
  summary: 'Say what you may do here.',
  example: 'help status',
  permission: undefined,
  auditAction: 'help.show',
  options: {},
  args: z.object({ words: z.array(z.string()) }),

  async run({ words: [verb] }, { available, answer }) {
    const one = available.filter((command) => command.verb === verb);
    await answer.whisper(helpView(one.length > 0 ? one : available));
  },
});
