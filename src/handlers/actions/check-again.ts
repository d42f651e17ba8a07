import { z } from 'zod';
import { CHECK_AGAIN } from '../../views/status-view.ts';
import type { Action } from '../action-spec.ts';
import { outdatedButton } from '../outdated-button.ts';
import { showStatus } from '../show-status.ts';

const CheckAgain = z.object({ environment: z.string(), hosts: z.array(z.string()), key: z.string() });

/** Runs the same check again and edits the same message, if that is where it was clicked. */
export const checkAgain: Action = {
  id: CHECK_AGAIN,

  async run(value, context) {
    const { environment, hosts, key } = remembered(value);
    const { actor, place, services, answer } = context;
    const selection = services.inventory.select({ actor, place, permission: 'host.read', environment, hosts });
    await showStatus(selection, context, answer.keyHere(key, 'status'));
  },
};

function remembered(value: string): z.infer<typeof CheckAgain> {
  try {
    return CheckAgain.parse(JSON.parse(value));
  } catch (error) {
    throw outdatedButton(error);
  }
}
