import { toast } from './toast.js';

/** Asks for JSON; says in a toast what went wrong and gives `undefined` then. */
async function ask(url, options) {
  try {
    const response = await fetch(url, options);
    const body = await response.json();
    if (!response.ok) {
      toast(body.error ?? `The sandbox answered ${response.status}.`, { isBad: true });
      return undefined;
    }
    return body;
  } catch {
    toast('The sandbox does not answer. Is it still running?', { isBad: true });
    return undefined;
  }
}

export function read(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return ask(`${path}?${new URLSearchParams(given)}`, {});
}

export function send(path, body) {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

const TROUBLE = {
  operation_timeout: 'The bot did not answer within 3 seconds.',
  dispatch_failed: 'The bot cannot be reached.',
  required_fields: 'Some fields need another look.',
  not_a_valid_command: undefined,
};

/** Does something as a person. Gives the outcome; what failed is told in a toast. */
export async function act(name, body) {
  const outcome = await send(`/sandbox/act/${name}`, body);
  if (outcome && outcome.ok === false) {
    const text = outcome.error in TROUBLE ? TROUBLE[outcome.error] : `Slack says: ${outcome.error}`;
    if (text && outcome.errors === undefined) {
      toast(text, { isBad: true });
    }
  }
  return outcome;
}
