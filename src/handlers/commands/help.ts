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

  async run({ words }, { available, answer }) {
    const wanted = words.join(' ').toLowerCase();
    const asked = available.filter(({ verb }) => verb === wanted || verb.startsWith(`${wanted} `));
    await answer.whisper(helpView(asked.length > 0 ? asked : available));
  },
});
