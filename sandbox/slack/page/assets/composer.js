import { place } from './place.js';
import { act } from './server.js';
import { createSuggestions } from './suggestions.js';

const form = document.getElementById('composer');
const text = document.getElementById('composer-text');
const sending = document.getElementById('sending');
const threadForm = document.getElementById('thread-composer');
const threadText = document.getElementById('thread-text');
const suggestions = createSuggestions(text, document.getElementById('suggestions'));

let drawn = { pending: [], placeholder: '', botName: 'msops' };
let sendingNow = 0;

/** What the page says about the place where one writes. */
export function showComposer(page) {
  drawn = page;
  form.hidden = page.placeholder === undefined;
  text.placeholder = page.placeholder ?? '';
  text.setAttribute('aria-label', page.placeholder ?? 'Message');
  suggestions.offer(page.examples);
  showSending();
}

/** A sign of life between the key and the first answer. */
function showSending() {
  if (sendingNow > 0 && drawn.pending.length === 0) {
    sending.textContent = 'Sending…';
  } else {
    sending.textContent = drawn.pending.length > 0 ? `Waiting for ${drawn.botName} to answer…` : '';
  }
}

export function watchComposer() {
  watch(form, text, () => undefined);
  watch(threadForm, threadText, () => place.thread);
}

/** Writes an example into the composer, ready to send. */
export function suggest(example) {
  text.value = example;
  grow(text);
  text.focus();
}

function watch(element, field, thread) {
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    suggestions.hide();
    await say(field, thread());
  });
  field.addEventListener('input', () => grow(field));
  field.addEventListener('keydown', (event) => {
    const isSend = event.key === 'Enter' && !event.shiftKey && !event.isComposing && !event.defaultPrevented;
    if (isSend) {
      event.preventDefault();
      element.requestSubmit();
    }
  });
}

async function say(field, threadTs) {
  const said = field.value.trim();
  if (said === '') {
    return;
  }
  field.value = '';
  grow(field);
  sendingNow += 1;
  showSending();
  const outcome = await act('say', { as: place.as, channel: place.channelId, text: said, threadTs });
  sendingNow -= 1;
  showSending();
  if (outcome === undefined && field.value === '') {
    field.value = said; // Nothing was taken: it can be sent again.
    grow(field);
  }
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
