import { answerOf } from './controls.js';
import { place } from './place.js';
import { act } from './server.js';
import { swap } from './swap.js';

const dialog = document.getElementById('modal');

/** Shows the modal of this person, or takes it away. */
export function showModal(html) {
  if (html === undefined) {
    swap(dialog, '');
    dialog.close();
    return;
  }
  swap(dialog, html);
  dialog.setAttribute('aria-label', dialog.querySelector('h2')?.textContent ?? 'Modal');
  if (!dialog.open) {
    dialog.showModal();
    dialog.querySelector('.modal-body :is(input, textarea, select)')?.focus();
  }
}

export function watchModal() {
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void closeModal();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target.closest('[data-close-modal]')) {
      void closeModal();
    }
  });
  dialog.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    await act('submit', { as: place.as, view: form.dataset.view, answers: answersIn(form) });
    button.disabled = false;
  });
}

function closeModal() {
  const view = dialog.querySelector('form')?.dataset.view;
  return act('close', { as: place.as, view });
}

const MAY_BE_EMPTY = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'checkboxes'];

/** By block id. What was not chosen is left out. */
function answersIn(form) {
  const answers = {};
  for (const control of form.querySelectorAll('[data-field]')) {
    const answer = answerOf(control);
    const isEmpty = answer === '' || answer === undefined;
    if (!isEmpty || MAY_BE_EMPTY.includes(control.dataset.type)) {
      answers[control.dataset.block] = answer;
    }
  }
  return answers;
}
