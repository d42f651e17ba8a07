import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import { checkBlocks } from './check-blocks.ts';
import { isObject, objects } from './interactive.ts';
import { anything, boolean, object, placeAt, type Rule, string, type Violation } from './rules.ts';
import { plainText } from './text-rules.ts';

const { view } = SLACK_LIMITS;

const COMMON = {
  private_metadata: string({ max: view.privateMetadata, min: 0 }),
  callback_id: string({ max: view.callbackId, min: 0 }),
  external_id: string({ max: view.externalId, min: 0 }),
};

const modal: Rule = object({
  required: { type: anything, title: plainText(view.title), blocks: anything },
  optional: {
    ...COMMON,
    submit: plainText(view.submit),
    close: plainText(view.close),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
});

const home: Rule = object({ required: { type: anything, blocks: anything }, optional: COMMON });

/** Everything that Slack would refuse in a modal or a Home tab; pointers begin with `/view`. */
export function checkView(candidate: unknown, type: 'modal' | 'home'): Violation[] {
  const violations: Violation[] = [];
  const place = placeAt('/view', violations);
  if (!isObject(candidate)) {
    return [{ pointer: '/view', message: 'must provide an object' }];
  }
  if (candidate.type !== type) {
    place.child('type').report(`must be a valid enum value, one of: ${type}`);
    return violations;
  }
  (type === 'modal' ? modal : home)(candidate, place);
  const hasInput = objects(candidate.blocks).some((block) => block.type === 'input');
  if (type === 'modal' && hasInput && candidate.submit === undefined) {
    place.report('missing required field: submit (the view has an input block)');
  }
  return [...violations, ...checkBlocks(candidate.blocks, type, '/view/blocks')];
}
