const SHOWN_MS = 6000;

/** A line that goes away by itself. Screen readers say it at once. */
export function toast(text, { isBad = false } = {}) {
  const line = document.createElement('div');
  line.className = isBad ? 'toast bad' : 'toast';
  line.textContent = text;
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), SHOWN_MS);
}
