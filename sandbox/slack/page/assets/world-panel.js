import { read, send } from './server.js';
import { swap } from './swap.js';

const panel = document.getElementById('world');
const toggle = document.getElementById('world-toggle');
const hosts = document.getElementById('world-hosts');

/** The panel that breaks and heals the machines behind this Slack. */
export function watchWorld() {
  toggle.addEventListener('click', () => show(panel.hidden));
  document.getElementById('world-close').addEventListener('click', () => show(false));
  document.getElementById('heal-all').addEventListener('click', () => change({ action: 'healAll' }));
  hosts.addEventListener('change', (event) => {
    const machine = event.target.closest('[data-machine]')?.dataset;
    if (machine && event.target.value) {
      void change({ kind: machine.machine, name: machine.name, action: event.target.value });
    }
  });
  hosts.addEventListener('click', (event) => {
    const act = event.target.closest('[data-act]')?.dataset.act;
    if (act) {
      void change({ action: act });
    }
    const machine = event.target.closest('[data-heal]')?.closest('[data-machine]')?.dataset;
    if (machine) {
      void change({ kind: machine.machine, name: machine.name, action: 'heal' });
    }
  });
}

async function show(isOpen) {
  panel.hidden = !isOpen;
  toggle.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) {
    draw(await read('/page/world'));
  }
}

async function change(body) {
  draw(await send('/page/world', body));
}

function draw(answer) {
  if (answer) {
    swap(hosts, answer.html);
    for (const select of hosts.querySelectorAll('select')) {
      select.value = '';
    }
  }
}
