/** A list over the composer while a line begins with `/` or `@`: arrow keys move, Tab takes, Escape closes. */
export function createSuggestions(field, list) {
  const state = { offered: [], current: 0 };

  function draw() {
    const found = matches(field, state.offered);
    state.current = Math.min(state.current, Math.max(0, found.length - 1));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    list.replaceChildren(
      ...found.map((text, index) => item(text, { index, isCurrent: index === state.current, field })),
    );
    if (found.length > 0) {
      field.setAttribute('aria-activedescendant', `suggestion-${state.current}`);
    } else {
      field.removeAttribute('aria-activedescendant');
    }
  }

  function hide() {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  function steer(event) {
    const found = list.hidden ? [] : matches(field, state.offered);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found.length === 0) {
      return;
    }
    if (step) {
      event.preventDefault();
      state.current = (state.current + step + found.length) % found.length;
      draw();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      take(field, found[state.current]);
    } else if (event.key === 'Escape') {
      hide();
    }
  }

  field.addEventListener('input', () => {
    state.current = 0;
    draw();
  });
  field.addEventListener('blur', hide);
  field.addEventListener('keydown', steer);
  return {
    hide,
    offer(texts) {
      state.offered = texts;
    },
  };
}

function matches({ value }, offered) {
  const isOpen = value.startsWith('/') || value.startsWith('@');
  return isOpen ? offered.filter((one) => one.startsWith(value) && one !== value) : [];
}

function item(text, { index, isCurrent, field }) {
  const element = document.createElement('li');
  const code = document.createElement('code');
  code.textContent = text;
  element.append(code);
  element.id = `suggestion-${index}`;
  element.setAttribute('role', 'option');
  element.setAttribute('aria-selected', String(isCurrent));
  element.addEventListener('mousedown', (event) => {
    event.preventDefault();
    take(field, text);
  });
  return element;
}

function take(field, text) {
  field.value = text;
  field.dispatchEvent(new Event('input'));
}
