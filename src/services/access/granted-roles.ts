import type { Logger } from '../../domain/logger.ts';
import type { Grant } from './grant.ts';
import type { GrantStore } from './ports.ts';

/** The grants that may give somebody a role, as they were when somebody last looked. */
export interface GrantedRoles {
  /** One indexed query; before each question of what somebody may do. Never rejects: what cannot be read gives nobody anything. */
  refresh(): Promise<void>;
  /** For `withGrantedRoles`, which looks at their ends. */
  current(): readonly Grant[];
}

export interface GrantedRolesDeps {
  readonly store: Pick<GrantStore, 'open'>;
  readonly logger: Logger;
}

export function createGrantedRoles({ store, logger }: GrantedRolesDeps): GrantedRoles {
  let grants: readonly Grant[] = [];
  let asked = 0;
  let shown = 0;

  /** An answer that comes late says less than one that was asked for after it. */
  function show(turn: number, found: readonly Grant[]): void {
    if (turn > shown) {
      shown = turn;
      grants = found;
    }
  }

  return {
    async refresh() {
      asked += 1;
      const turn = asked;
      try {
        show(turn, await store.open());
      } catch (error) {
        logger.warn('Grants could not be read, so nobody has a granted role', { error });
        show(turn, []);
      }
    },
    current: () => grants,
  };
}
