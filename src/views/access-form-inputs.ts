import type { InputBlock, PlainTextOption } from '@slack/types';
import { clean, cut } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

interface Input {
  readonly blockId: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isOptional?: boolean | undefined;
}

interface TextInput extends Input {
  readonly longest: number;
  readonly isLong?: boolean | undefined;
  /** Written there at first. */
  readonly initial?: string | undefined;
}

/** The element has the id of its block. */
export function textInput({ longest, isLong = false, initial = '', ...input }: TextInput): InputBlock {
  return {
    ...frame(input),
    element: {
      ...{ type: 'plain_text_input', action_id: input.blockId, multiline: isLong, max_length: longest },
      ...(initial === '' ? {} : { initial_value: initial.slice(0, longest) }),
    },
  };
}

interface ChoiceInput extends Input {
  /** At least one. */
  readonly options: readonly PlainTextOption[];
  /** Value of what is chosen at first. */
  readonly first?: string | undefined;
}

export function choiceInput({ options, first, ...input }: ChoiceInput): InputBlock {
  const initial = options.find(({ value }) => value === first);
  return {
    ...frame(input),
    element: {
      ...{ type: 'static_select', action_id: input.blockId, options: options.slice(0, SLACK_LIMITS.select.options) },
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

interface TicksInput extends Omit<ChoiceInput, 'first'> {
  /** Values of what is ticked at first. */
  readonly ticked?: readonly string[] | undefined;
}

export function ticksInput({ options, ticked, ...input }: TicksInput): InputBlock {
  const shown = options.slice(0, SLACK_LIMITS.choices.options);
  return {
    ...frame(input),
    element: { type: 'checkboxes', action_id: input.blockId, options: shown, ...initialOptions(shown, ticked) },
  };
}

/** Slack takes no empty list. */
export function initialOptions(
  options: readonly PlainTextOption[],
  chosen: readonly string[] = [],
): { readonly initial_options?: PlainTextOption[] } {
  const initial = options.filter(({ value = '' }) => chosen.includes(value));
  return initial.length > 0 ? { initial_options: initial } : {};
}

export function formOption(value: string, label: string): PlainTextOption {
  return { value, text: { type: 'plain_text', text: cut(clean(label), SLACK_LIMITS.option.text) || '–' } };
}

export function frame({ blockId, label, hint, isOptional = false }: Input): Omit<InputBlock, 'element'> {
  return {
    type: 'input',
    block_id: blockId,
    label: { type: 'plain_text', text: label },
    ...(isOptional ? { optional: true } : {}),
    ...(hint === undefined ? {} : { hint: { type: 'plain_text', text: hint } }),
  };
}
