import { showComposer, suggest, watchComposer } from './composer.js';
import { watchControls } from './controls.js';
import { showModal, watchModal } from './modal.js';
import { goTo, place, readAddress, writeAddress } from './place.js';
import { act, read } from './server.js';
import { swap } from './swap.js';
import { watchWorld } from './world-panel.js';

const byId = (id) => document.getElementById(id);
const scroller = byId('scroller');
const NEAR_BOTTOM_PX = 120;

let isDrawing = false;
let isStale = false;
/** Whether the newest message is in sight, and so shall stay. */
let isAtBottom = true;

function keepAtBottom() {
  if (isAtBottom) {
    scroller.scrollTop = scroller.scrollHeight;
  }
}

/** Draws what this person sees now. Asked for while it draws, it draws once more. */
async function draw() {
  if (isDrawing) {
    isStale = true;
    return;
  }
  isDrawing = true;
  const { as, in: where, thread } = place;
  const page = await read('/page/view', { as, in: where, thread });
  if (page) {
    show(page);
  }
  isDrawing = false;
  if (isStale) {
    isStale = false;
    await draw();
  }
}

function show(page) {
  const isElsewhere = place.channelId !== page.channelId || place.shown !== page.in;
  Object.assign(place, { as: page.as, in: page.in, shown: page.in, channelId: page.channelId });
  writeAddress();
  document.title = `${page.in === 'home' ? 'Home' : page.in} · ${page.as} · msops sandbox`;
  swap(byId('sidebar'), page.sidebar);
  swap(byId('person'), page.people);
  swap(byId('heading'), page.heading);
  swap(byId('messages'), page.messages);
  if (isElsewhere) {
    isAtBottom = page.in !== 'home' && !page.in.startsWith('mail');
    scroller.scrollTop = 0;
  }
  byId('thread').hidden = page.thread === undefined;
  swap(byId('thread-messages'), page.thread ?? '');
  byId('second-window').href = `/?${new URLSearchParams({ as: page.as === 'bob' ? 'alice' : 'bob', in: page.in })}`;
  keepAtBottom();
  showComposer(page);
  showModal(page.modal);
}

async function visit(change) {
  goTo(change);
  await draw();
  if (place.in === 'home') {
    await act('openHome', { as: place.as });
  } else {
    byId('composer-text').focus();
  }
}

function watchPage() {
  byId('person').addEventListener('change', (event) => visit({ as: event.target.value }));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-in]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void visit({ in: link.dataset.in });
    }
  });
  document.addEventListener('click', (event) => {
    const { thread, react, example } =
      event.target.closest('[data-thread], [data-react], [data-example]')?.dataset ?? {};
    if (thread) {
      void openThread(thread);
    } else if (react) {
      void toggleReaction(event.target.closest('[data-react]'));
    } else if (example) {
      suggest(example);
    }
  });
  byId('thread-close').addEventListener('click', () => openThread(undefined));
  byId('theme-toggle').addEventListener('click', () => setTheme(theme() === 'dark' ? 'light' : 'dark'));
  scroller.addEventListener('scroll', () => {
    isAtBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM_PX;
  });
  // A picture takes its room when it has come.
  scroller.addEventListener('load', keepAtBottom, true);
  // A panel that opens makes the column narrower, and the messages longer.
  new ResizeObserver(keepAtBottom).observe(byId('messages'));
  window.addEventListener('popstate', () => {
    readAddress();
    void draw();
  });
}

async function openThread(ts) {
  place.thread = ts;
  await draw();
  if (ts) {
    byId('thread-text').focus();
  }
}

function toggleReaction(chip) {
  const isMine = chip.getAttribute('aria-pressed') === 'true';
  const { ts } = chip.closest('[data-ts]').dataset;
  return act(isMine ? 'unreact' : 'react', { as: place.as, channel: place.channelId, ts, name: chip.dataset.react });
}

function theme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return localStorage.getItem('theme') ?? system;
}

function setTheme(name) {
  localStorage.setItem('theme', name);
  document.documentElement.dataset.theme = name;
}

function followChanges() {
  const changes = new EventSource('/sandbox/events');
  changes.addEventListener('changed', draw);
  changes.addEventListener('open', () => {
    byId('connection').textContent = '';
  });
  changes.addEventListener('error', () => {
    byId('connection').textContent = 'The sandbox has stopped. Start it again with npm run sandbox.';
  });
}

document.documentElement.dataset.theme = theme();
watchPage();
watchComposer();
watchControls();
watchModal();
watchWorld();
await draw();
if (place.in === 'home') {
  await act('openHome', { as: place.as });
}
followChanges();
byId('composer-text').focus();
