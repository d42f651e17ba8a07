import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { createMemoryEngine } from '../../../../src/adapters/engine/memory-engine.ts';
import { describeEngineContract } from './engine-contract.ts';

describeEngineContract('createMemoryEngine', async () => ({
  engine: createMemoryEngine({ clock: systemClock }),
  close: async () => {},
}));
