import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import { clean, cut } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

const { view: viewLimits, input: inputLimits, option: optionLimits } = SLACK_LIMITS;

export interface ModalParts {
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
  /** Of the button that does nothing; missing: `Close`, or `Not now` where something can be sent. */
  readonly close?: string;
  /** Missing: nothing in it can be sent. */
  readonly form?: ModalForm;
}

export interface ModalForm {
  readonly callbackId: string;
  /** What it comes back with: an id, or JSON. */
  readonly metadata: string;
  /** Of the button that sends it. */
  readonly submit: string;
}

export function modal({ title, blocks, form, close = form ? 'Not now' : 'Close' }: ModalParts): ModalView {
  return {
    type: 'modal',
    title: plainText(title, viewLimits.title),
    close: plainText(close, viewLimits.close),
    blocks: [...blocks],
    ...(form === undefined ? {} : formOf(form)),
  };
}

function formOf({ callbackId, metadata, submit }: ModalForm) {
  return {
    callback_id: callbackId,
    private_metadata: metadata,
    submit: plainText(submit, viewLimits.submit),
  };
}

export interface TextInput {
  /** Block id: what is filled in comes back by it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** Characters. */
  readonly longest: number;
  readonly multiline?: boolean;
  readonly optional?: boolean;
}

export function textInput({ id, label, hint, longest, multiline = false, optional = false }: TextInput): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plainText(label, inputLimits.label),
    ...(hint === undefined ? {} : { hint: plainText(hint, inputLimits.hint) }),
    ...(optional ? { optional } : {}),
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: longest,
      ...(multiline ? { multiline } : {}),
    },
  };
}

export interface SelectInput {
  /** Block id: the value of the choice comes back by it. */
  readonly id: string;
  readonly label: string;
  /** At least one, and no more than Slack takes. */
  readonly options: readonly PlainTextOption[];
  /** Value of the one that is chosen at first. */
  readonly first: string | undefined;
}

export function selectInput({ id, label, options, first }: SelectInput): InputBlock {
  const initial = options.find(({ value }) => value === first);
  return {
    type: 'input',
    block_id: id,
    label: plainText(label, inputLimits.label),
    element: {
      type: 'static_select',
      action_id: id,
      options: [...options],
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

export function option(value: string, label: string): PlainTextOption {
  return { value, text: plainText(label, optionLimits.text) };
}

function plainText(text: string, longest: number): PlainTextElement {
  return { type: 'plain_text', text: cut(clean(text), longest) };
}
