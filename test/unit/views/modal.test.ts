import { describe, expect, it } from 'vitest';
import { checkView } from '../../../sandbox/slack/blocks/check-view.ts';
import { modal, option, selectInput, textInput } from '../../../src/views/modal.ts';

const LONG = 'x'.repeat(5_000);

describe('modal', () => {
  it('fits what is called too long into what Slack takes', () => {
    const options = [option('a', LONG), option('b', 'short')];
    const view = modal({
      title: LONG,
      close: LONG,
      form: { callbackId: 'demo.form', metadata: 'id', submit: LONG },
      blocks: [
        textInput({ id: 'why', label: LONG, hint: LONG, longest: 500, multiline: true }),
        selectInput({ id: 'what', label: LONG, options, first: 'b' }),
      ],
    });
    expect(checkView(view, 'modal')).toEqual([]);
    expect(view).toMatchObject({ callback_id: 'demo.form', private_metadata: 'id' });
  });

  it('has nothing to send without a form', () => {
    const view = modal({ title: 'Details', blocks: [] });
    expect(view).not.toHaveProperty('submit');
    expect(view.close?.text).toBe('Close');
  });

  it('chooses nothing at first where the first choice is not offered', () => {
    const chosen = (first: string) => selectInput({ id: 'what', label: 'What?', options: [option('a', 'A')], first });
    expect(chosen('a').element).toHaveProperty('initial_option.value', 'a');
    expect(chosen('b').element).not.toHaveProperty('initial_option');
  });
});
