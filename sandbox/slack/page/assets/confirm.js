const dialog = document.getElementById('confirm');

/** Slack's own "are you sure": resolves true when the person goes on. */
export function confirmed(json) {
  if (!json) {
    return Promise.resolve(true);
  }
  const { title, text, confirm, deny, style } = JSON.parse(json);
  dialog.replaceChildren(
    make('h2', title?.text ?? 'Are you sure?'),
    make('p', text?.text ?? ''),
    footer(
      make('button', deny?.text ?? 'Cancel', { className: 'button', value: 'no' }),
      make('button', confirm?.text ?? 'OK', {
        className: `button ${style === 'danger' ? 'danger' : 'primary'}`,
        value: 'yes',
      }),
    ),
  );
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

function footer(...buttons) {
  const element = document.createElement('footer');
  for (const button of buttons) {
    button.addEventListener('click', () => dialog.close(button.value));
  }
  element.append(...buttons);
  return element;
}

function make(tag, text, properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...properties });
}
