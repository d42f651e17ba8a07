const shown = new WeakMap();

/** Puts HTML in only when it changed, and gives focus and what was typed back to the same controls. */
export function swap(element, html) {
  if (shown.get(element) === html) {
    return false;
  }
  const kept = keep(element);
  shown.set(element, html);
  element.innerHTML = html;
  restore(element, kept);
  return true;
}

/** The name of a control that survives a new drawing. */
function keyOf(control) {
  const { block, action, thread, heal } = control.dataset;
  const place = control.closest('[data-ts], [data-view], [data-name]')?.dataset ?? {};
  const parts = [place.ts, place.view, place.name, block, action, thread, heal, control.tagName, control.value];
  return control.id || parts.slice(0, control.tagName === 'BUTTON' ? undefined : -1).join('/');
}

function controlsIn(element) {
  return [...element.querySelectorAll('input, textarea, select, button')];
}

function keep(element) {
  const fields = controlsIn(element).filter((control) => 'field' in control.dataset);
  const focused = element.contains(document.activeElement) ? keyOf(document.activeElement) : undefined;
  return { focused, values: new Map(fields.map((control) => [keyOf(control), readValue(control)])) };
}

function restore(element, { focused, values }) {
  for (const control of controlsIn(element)) {
    const value = values.get(keyOf(control));
    if (value !== undefined) {
      writeValue(control, value);
    }
    if (focused !== undefined && keyOf(control) === focused) {
      control.focus({ preventScroll: true });
    }
  }
}

function readValue(control) {
  if (control.type === 'checkbox' || control.type === 'radio') {
    return { [control.value]: control.checked };
  }
  return control.multiple ? [...control.selectedOptions].map((option) => option.value) : control.value;
}

function writeValue(control, value) {
  if (control.type === 'checkbox' || control.type === 'radio') {
    control.checked = value[control.value] ?? control.checked;
  } else if (control.multiple) {
    for (const option of control.options) {
      option.selected = value.includes(option.value);
    }
  } else {
    control.value = value;
  }
}
