import { describeRollout } from '../support/rollout-story.ts';

describeRollout('socket');
