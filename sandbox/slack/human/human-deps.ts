import type { Courier } from '../delivery/courier.ts';
import type { EventSender } from '../delivery/events.ts';
import type { World } from '../world/world.ts';

export interface HumanDeps {
  readonly world: World;
  readonly courier: Courier;
  readonly events: EventSender;
  /** Where this Slack listens. */
  readonly baseUrl: string;
  readonly verificationToken: string;
  readonly triggerTtlMs: number;
  /** Slash commands of the manifest. */
  readonly commands: readonly string[];
  /** Whether people of other companies may run our commands in shared channels. Slack does not let them. */
  readonly areCommandsShared: boolean;
}
