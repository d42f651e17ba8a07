// Brings a page up to date by itself, replaces only what has changed, and says how fresh it is.
{
  const EVERY_MS = 10_000;
  const PATIENCE_MS = 8_000;
  const status = document.getElementById('live');
  const main = document.getElementById('content');
  let isUsed = false;

  document.documentElement.classList.add('scripted');
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart']) {
    addEventListener(event, () => (isUsed = true), { passive: true });
  }
  document.querySelector('.hosts-of-charts select')?.addEventListener('change', ({ target }) => target.form.submit());

  /** Asks as a person only when there is one; a page that is left alone does not keep a session. */
  async function refresh() {
    const url = new URL(status.dataset.updates, location.origin);
    if (!isUsed) {
      url.searchParams.set('by', 'page');
    }
    isUsed = false;
    const headers = { accept: 'text/html' };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) {
      show(new DOMParser().parseFromString(await response.text(), 'text/html'));
      return true;
    }
    if (response.status === 401 || response.status === 404) {
      location.reload(); // The page says then why, in words.
      return false;
    }
    throw new Error(`answered ${response.status}`);
  }

  function show(fresh) {
    for (const part of fresh.querySelectorAll('[data-live]')) {
      const shown = document.querySelector(`[data-live="${part.dataset.live}"]`);
      if (shown !== null && shown.innerHTML !== part.innerHTML) {
        shown.replaceChildren(...part.childNodes);
      }
    }
    const { time } = fresh.getElementById('live').dataset;
    status.dataset.time = time;
    say(`Live, updated ${time}`, false);
    dispatchEvent(new Event('msops:updated'));
  }

  function say(words, isLost) {
    if (status.textContent !== words) {
      status.textContent = words;
    }
    status.classList.toggle('is-lost', isLost);
    main.classList.toggle('is-lost', isLost);
  }

  async function keepFresh() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      try {
        if (!document.hidden && !(await refresh())) {
          return;
        }
      } catch {
        say(`Connection lost. This is how it was at ${status.dataset.time}.`, true);
      }
    }
  }

  if (status?.dataset.updates) {
    say(`Live, updated ${status.dataset.time}`, false);
    void keepFresh();
  }
}
