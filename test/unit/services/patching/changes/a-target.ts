import { DEFAULT_ROLLOUT, type Product, type RolloutSettings } from '../../../../../src/domain/inventory.ts';
import type { PackageWork } from '../../../../../src/services/patching/changes/package-work.ts';
import type { ChangeTarget } from '../../../../../src/services/rollouts/host-change.ts';
import { aHost, anEnvironment } from '../../../../support/world.ts';

const OPENSSL = { name: 'openssl', from: '3.0.20', to: '3.0.22', security: true };

export function aWork(overrides: Partial<PackageWork> = {}): PackageWork {
  return { family: 'debian', packages: [OPENSSL], along: [], repair: false, ...overrides };
}

export interface TargetFacts {
  readonly work?: unknown;
  readonly rollout?: Partial<RolloutSettings>;
  readonly products?: readonly Product[];
}

/** `apim-1` of acme/prod in the rollout `7kq2m9xd`. */
export function aTarget({ work = aWork(), rollout = {}, products = [] }: TargetFacts = {}): ChangeTarget {
  const environment = anEnvironment('acme', 'prod', ['apim-1']);
  return {
    rolloutId: '7kq2m9xd',
    environment: { ...environment, rollout: { ...DEFAULT_ROLLOUT, ...rollout } },
    host: aHost('apim-1', { products }),
    work,
  };
}

export const NEVER = new AbortController().signal;
