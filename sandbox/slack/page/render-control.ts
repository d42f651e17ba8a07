import { isObject } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Json } from '../world/model.ts';
import { type Choice, choicesOf } from './choices.ts';
import { type Html, html } from './html.ts';

/** One element that a person acts on, and where it stands. */
export interface Control {
  readonly element: Json;
  readonly blockId: string;
  /** Its entry in the state: `{type:'static_select',selected_option:{..}}`. */
  readonly value: Json;
  readonly view: PersonView;
  /** What a screen reader says when nothing beside it names it. */
  readonly label: string;
  /** Inside an `input` block that does not dispatch: filling it in tells nobody. */
  readonly isField: boolean;
}

/** Draws an element as the browser's own control, so that keyboards and screen readers find what they know. */
export function renderControl(control: Control): Html {
  const { element } = control;
  const type = String(element.type);
  if (type === 'button' || type === 'workflow_button') {
    return renderButton(control);
  }
  if (type === 'overflow') {
    return renderOverflow(control);
  }
  if (type === 'radio_buttons' || type === 'checkboxes') {
    return renderChoices(control);
  }
  if (type === 'feedback_buttons' || type === 'icon_button') {
    return renderSmallButtons(control);
  }
  if (type.includes('external_select')) {
    return renderSearch(control);
  }
  if (type.endsWith('_select')) {
    return renderSelect(control);
  }
  return renderInput(control);
}

/** What the page's script needs to act on it. */
function marks({ element, blockId, isField }: Control): Html {
  const confirm = isObject(element.confirm) ? JSON.stringify(element.confirm) : undefined;
  return html`data-action="${String(element.action_id)}" data-block="${blockId}" data-type="${String(element.type)}" ${
    isField && html`data-field`
  } ${confirm !== undefined && html`data-confirm="${confirm}"`}`;
}

function renderButton(control: Control): Html {
  const { element } = control;
  const style = element.style === 'primary' || element.style === 'danger' ? ` ${element.style}` : '';
  const aria = element.accessibility_label;
  const label = typeof aria === 'string' && html` aria-label="${aria}"`;
  const link = typeof element.url === 'string' && html` data-url="${element.url}"`;
  return html`<button type="button" class="button${style}" ${marks(control)}${label}${link}>${plain(element.text)}</button>`;
}

function renderOverflow(control: Control): Html {
  const options = choicesOf(control.element, control.view);
  return html`<details class="overflow"><summary class="button" aria-label="More actions">⋯</summary>
    <div class="overflow-menu">${options.map(
      ({ value, label }) => html`<button type="button" ${marks(control)} data-answer="${value}">${label}</button>`,
    )}</div></details>`;
}

function renderSmallButtons(control: Control): Html {
  const { positive_button: positive, negative_button: negative } = control.element;
  const buttons = [positive, negative, control.element.type === 'icon_button' ? control.element : undefined];
  return html`${buttons
    .filter(isObject)
    .map(
      (button) =>
        html`<button type="button" class="button" ${marks(control)} data-answer="${String(button.value ?? '')}">${plain(button.text)}</button>`,
    )}`;
}

function renderChoices(control: Control): Html {
  const type = control.element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const chosen = chosenIn(control.value);
  const name = `${control.blockId}/${String(control.element.action_id)}`;
  const rows = choicesOf(control.element, control.view).map(
    ({ value, label, description }) => html`<label class="choice"><input type="${type}" name="${name}" value="${value}"
      ${chosen.includes(value) && html`checked`} ${marks(control)}><span>${label}${
        description !== undefined && html`<small>${description}</small>`
      }</span></label>`,
  );
  return html`<fieldset class="choices"><legend class="unseen">${control.label}</legend>${rows}</fieldset>`;
}

function renderSelect(control: Control): Html {
  const isMultiple = String(control.element.type).startsWith('multi_');
  const chosen = chosenIn(control.value);
  const placeholder = plain(control.element.placeholder) || 'Choose…';
  const option = ({ value, label }: Choice) =>
    html`<option value="${value}" ${chosen.includes(value) && html`selected`}>${label}</option>`;
  const options = choicesOf(control.element, control.view);
  const groups = [...new Set(options.map(({ group }) => group))];
  const body = groups.map((group) => {
    const members = options.filter((one) => one.group === group).map(option);
    return group === undefined ? html`${members}` : html`<optgroup label="${group}">${members}</optgroup>`;
  });
  const nothing =
    !isMultiple && html`<option value="" ${chosen.length === 0 && html`selected`} disabled>${placeholder}</option>`;
  return html`<select id="${controlId(control)}" ${!control.isField && html`aria-label="${control.label || placeholder}"`} ${isMultiple && html`multiple size="${Math.min(6, options.length)}"`}
    ${marks(control)}>${nothing}${body}</select>`;
}

/** A menu whose options the app names while one types. */
function renderSearch(control: Control): Html {
  const id = controlId(control);
  const placeholder = plain(control.element.placeholder) || 'Type to search…';
  const chosen = Object.values(control.value).find(isObject);
  return html`<input type="text" id="${id}" list="${id}--options" value="${plain(chosen?.text)}" placeholder="${placeholder}"
    data-search="${Number(control.element.min_query_length ?? 3)}" ${marks(control)}><datalist id="${id}--options"></datalist>`;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  file_input: 'file',
};

function renderInput(control: Control): Html {
  const { element } = control;
  const value = localTime(element, chosenIn(control.value)[0] ?? '');
  const placeholder = plain(element.placeholder);
  const common = html`id="${controlId(control)}" placeholder="${placeholder}" ${marks(control)}`;
  if (element.multiline === true || element.type === 'rich_text_input') {
    return html`<textarea rows="4" ${common}>${value}</textarea>`;
  }
  const type = INPUT_TYPES[String(element.type)] ?? 'text';
  return html`<input type="${type}" value="${value}" ${type === 'file' && html`disabled`} ${common}>`;
}

/** A `datetimepicker` keeps Unix seconds; the browser's control wants local time. */
function localTime(element: Json, value: string): string {
  if (element.type !== 'datetimepicker' || value === '') {
    return value;
  }
  const date = new Date(Number(value) * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The values in a state entry, whichever field holds them. */
function chosenIn(value: Json): string[] {
  const held = Object.entries(value).find(([field]) => field !== 'type')?.[1];
  const list = Array.isArray(held) ? held : [held];
  return list.flatMap((one: unknown) => {
    if (isObject(one)) {
      return one.value === undefined ? [] : [String(one.value)];
    }
    return one === null || one === undefined ? [] : [String(one)];
  });
}

/** The text of a text object. */
export function plain(text: unknown): string {
  return isObject(text) && typeof text.text === 'string' ? text.text : '';
}

/** For the label of the field. */
export function controlId({ element, blockId }: Pick<Control, 'element' | 'blockId'>): string {
  return `${blockId}--${String(element.action_id)}`;
}
