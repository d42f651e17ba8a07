/** A list over the composer while a line begins with `/`: arrow keys move, Tab or Enter takes, Escape closes. */
export function createSuggestions(field, list) {
  let offered = [];
  let current = 0;

  function matches() {
    const typed = field.value;
    const isOpen = typed.startsWith('/') || typed.startsWith('@');
    return isOpen ? offered.filter((one) => one.startsWith(typed) && one !== typed) : [];
  }

  function draw() {
    const found = matches();
    current = Math.min(current, Math.max(0, found.length - 1));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    list.replaceChildren(...found.map((text, index) => item(text, index)));
    found.length > 0
      ? field.setAttribute('aria-activedescendant', `suggestion-${current}`)
      : field.removeAttribute('aria-activedescendant');
  }

  function item(text, index) {
    const element = document.createElement('li');
    const code = document.createElement('code');
    code.textContent = text;
    element.append(code);
    element.id = `suggestion-${index}`;
    element.setAttribute('role', 'option');
    element.setAttribute('aria-selected', String(index === current));
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(text);
    });
    return element;
  }

  function take(text) {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }

  function hide() {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
  }

  field.addEventListener('input', () => {
    current = 0;
    draw();
  });
  field.addEventListener('blur', hide);
  field.addEventListener('keydown', (event) => {
    const found = list.hidden ? [] : matches();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found.length === 0) {
      return;
    }
    if (step) {
      event.preventDefault();
      current = (current + step + found.length) % found.length;
      draw();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      take(found[current]);
    } else if (event.key === 'Escape') {
      hide();
    }
  });

  return {
    offer: (texts) => {
      offered = texts;
    },
    hide,
  };
}
