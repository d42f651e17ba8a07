import { confirmed } from './confirm.js';
import { place } from './place.js';
import { act } from './server.js';

/** Elements that are pressed; all others have a value. */
const PRESSED = ['button', 'workflow_button', 'icon_button', 'feedback_buttons'];

/** Everything that blocks offer to act on, wherever on the page it is drawn. */
export function watchControls() {
  document.addEventListener('click', async (event) => {
    const control = event.target.closest('button[data-action]');
    if (control) {
      control.closest('details')?.removeAttribute('open');
      await press(control);
    }
  });
  document.addEventListener('input', async (event) => {
    if ('search' in event.target.dataset) {
      await search(event.target);
    }
  });
  document.addEventListener('change', async (event) => {
    const control = event.target.closest('select[data-action], input[data-action], textarea[data-action]');
    if (control && !('field' in control.dataset)) {
      await choose(control);
    }
  });
}

async function press(control) {
  const { action, block, type, answer, url } = control.dataset;
  if (!(await confirmed(control.dataset.confirm))) {
    return;
  }
  if (url) {
    window.open(url, '_blank', 'noopener');
  }
  const body = { as: place.as, ...whereOf(control), action: `${block}/${action}` };
  await whileBusy(control, () =>
    PRESSED.includes(type) ? act('click', body) : act('select', { ...body, value: answer }),
  );
}

async function choose(control) {
  const { action, block } = control.dataset;
  if (await confirmed(control.dataset.confirm)) {
    const body = { as: place.as, ...whereOf(control), action: `${block}/${action}`, value: answerOf(control) };
    await whileBusy(control, () => act('select', body));
  }
}

/** Asks the app what there is to choose, once enough was typed. */
async function search(control) {
  const { action, block, search: atLeast } = control.dataset;
  const query = control.value;
  const isChosen = [...control.list.options].some((option) => option.value === query);
  if (isChosen || query.length < Number(atLeast)) {
    return;
  }
  const outcome = await act('suggest', { as: place.as, ...whereOf(control), action: `${block}/${action}`, query });
  if (outcome?.options && control.value === query) {
    const options = outcome.options.map(({ text }) =>
      Object.assign(document.createElement('option'), { value: text.text }),
    );
    control.list.replaceChildren(...options);
  }
}

async function whileBusy(control, work) {
  control.classList.add('busy');
  control.setAttribute('aria-busy', 'true');
  await work();
  control.classList.remove('busy');
  control.removeAttribute('aria-busy');
}

/** Where a control stands: in a message, in the modal, or in the Home tab. */
function whereOf(control) {
  const view = control.closest('[data-view]');
  if (view) {
    return { view: view.dataset.view };
  }
  const message = control.closest('[data-ts]');
  return message ? { channel: place.channelId, ts: message.dataset.ts } : { home: true };
}

/** What a control says now; several for elements that take several. */
export function answerOf(control) {
  const { type } = control.dataset;
  if (control.multiple) {
    return [...control.selectedOptions].map((option) => option.value);
  }
  if (type === 'checkboxes') {
    return checkedBeside(control);
  }
  if (type === 'radio_buttons') {
    return checkedBeside(control)[0] ?? '';
  }
  return type === 'datetimepicker' && control.value ? Math.floor(new Date(control.value) / 1000) : control.value;
}

function checkedBeside(control) {
  return [...control.closest('fieldset').querySelectorAll('input:checked')].map((input) => input.value);
}
