import { acme } from './customers/acme.ts';
import { globex } from './customers/globex.ts';
import { initech } from './customers/initech.ts';
import type { CustomerPlan } from './host-plan.ts';

/** The customers of the sandbox and their machines. The numbers differ so that a mix-up shows. */
export const WORLD: readonly CustomerPlan[] = [acme(), globex(), initech()];
