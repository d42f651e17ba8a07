import type { BastionControl, HostControl } from '../../hosts/host-control.ts';
import type { RunningCustomer, RunningHosts, WorldControl } from '../../hosts/start-hosts.ts';
import type { MailDomain } from '../../mail/mail-domain.ts';
import type { MailFaults } from '../../mail/mail-faults.ts';
import { type Exchange, readJson } from '../http/exchange.ts';
import { HumanError } from '../world/find.ts';
import { type Html, html } from './html.ts';

interface Breakage<Control> {
  readonly label: string;
  apply(control: Control): unknown;
}

const SLOW_MS = 400;
const FULL_PERCENT = 97;

const HOST_BREAKAGES: Readonly<Record<string, Breakage<HostControl>>> = {
  hang: { label: 'Freeze it', apply: (host) => host.hang() },
  refuse: { label: 'Close its SSH port', apply: (host) => host.refuse() },
  changeHostKey: { label: 'Change its host key', apply: (host) => host.changeHostKey() },
  slow: { label: 'Make it slow', apply: (host) => host.slow(SLOW_MS) },
  fillDisk: { label: 'Fill /var', apply: (host) => host.fillDisk(FULL_PERCENT) },
  stopProduct: { label: 'Stop its product', apply: (host) => host.stopProduct() },
  unhealthy: { label: 'Make its product unwell', apply: (host) => host.unhealthy() },
};

const BASTION_BREAKAGES: Readonly<Record<string, Breakage<BastionControl>>> = {
  stop: { label: 'Stop it', apply: (bastion) => bastion.stop() },
  denyForwarding: { label: 'Deny forwarding', apply: (bastion) => bastion.denyForwarding() },
  refuseAuthentication: { label: 'Refuse our key', apply: (bastion) => bastion.refuseAuthentication() },
};

const MAIL_BREAKAGES: Readonly<Record<string, Breakage<MailFaults>>> = {
  stop: { label: 'Stop it', apply: (faults) => faults.setDown(true) },
  hang: { label: 'Freeze it', apply: (faults) => Object.assign(faults, { hang: true }) },
  refuseLogins: { label: 'Refuse logins', apply: (faults) => Object.assign(faults, { refuseLogins: true }) },
  tryLater: { label: 'Say to try later', apply: (faults) => Object.assign(faults, { tryLater: true }) },
  refuseContent: { label: 'Refuse every mail', apply: (faults) => Object.assign(faults, { refuseContent: true }) },
};

/** What the panel shows and breaks. */
export interface PanelWorld extends Pick<RunningHosts, 'customers' | 'control'> {
  readonly mailFaults?: MailFaults | undefined;
  readonly mailDomain?: MailDomain | undefined;
}

/**
 * Does what the body of a POST says: `{kind: 'host' | 'bastion' | 'mail', name, action}`, `{action: 'healAll'}` or
 * `{action: 'makeRecords'}`.
 */
export async function changeWorld({ control, mailFaults, mailDomain }: PanelWorld, exchange: Exchange): Promise<void> {
  const isJson = exchange.request.headers['content-type']?.startsWith('application/json');
  if (exchange.request.method !== 'POST' || !isJson) {
    return;
  }
  const { kind, name, action } = await readJson(exchange);
  if (action === 'healAll') {
    await Promise.all([healAll(control), mailFaults?.heal()]);
  } else if (action === 'makeRecords') {
    makeRecords(mailDomain);
  } else if (kind === 'mail' && mailFaults) {
    await change(mailFaults, MAIL_BREAKAGES, String(action));
  } else if (kind === 'host') {
    await change(control.host(String(name)), HOST_BREAKAGES, String(action));
  } else {
    await change(control.bastion(String(name)), BASTION_BREAKAGES, String(action));
  }
}

function makeRecords(domain: MailDomain | undefined): void {
  if (domain?.isAsked() !== true) {
    throw new HumanError('Nobody asks for its records: type  /msops email verify globex  in #globex-ops first.');
  }
  domain.makeRecords();
}

async function change<Control extends { heal(): unknown }>(
  control: Control,
  breakages: Readonly<Record<string, Breakage<Control>>>,
  action: string,
): Promise<void> {
  const breakage = Object.hasOwn(breakages, action) ? breakages[action] : undefined;
  if (breakage === undefined && action !== 'heal') {
    throw new HumanError(`There is no "${action}". There are: heal, ${Object.keys(breakages).join(', ')}.`);
  }
  await (breakage ? breakage.apply(control) : control.heal());
}

async function healAll(control: WorldControl): Promise<void> {
  for (const name of control.hostNames) {
    control.host(name).heal();
  }
  await Promise.all(control.bastionNames.map((name) => control.bastion(name).heal()));
}

/** Every machine, what is wrong with it, and what can be done to it. */
export function renderWorld({ customers, control, mailFaults, mailDomain }: PanelWorld): Html {
  const mail = [mailFaults && renderMailServer(mailFaults), mailDomain && renderMailDomain(mailDomain)].filter(Boolean);
  return html`${customers.map((customer) => renderCustomer(customer, control))}${
    mail.length > 0 && html`<section class="customer"><h3>Mail</h3>${mail}</section>`
  }`;
}

function renderMailServer(faults: MailFaults): Html {
  const machine = { kind: 'mail', name: 'mail server', note: 'takes mails for acme', faults: faults.list() } as const;
  return renderMachine(machine, MAIL_BREAKAGES);
}

function renderMailDomain(domain: MailDomain): Html {
  return html`<div class="machine"><span class="light"></span>
    <span class="machine-name">Mail domain ${domain.name}<small>${domain.state()}</small></span>
    <button type="button" class="button small" data-act="makeRecords" ${!domain.isAsked() && html`disabled`}>Make its DNS records</button></div>`;
}

function renderCustomer({ plan, bastion, environments }: RunningCustomer, control: WorldControl): Html {
  const door = renderMachine(
    { kind: 'bastion', name: bastion.name, note: 'the way in', faults: control.bastion(bastion.name).faults() },
    BASTION_BREAKAGES,
  );
  const hosts = environments.flatMap((environment) =>
    environment.hosts.map(({ name, plan: { role } }) =>
      renderMachine(
        { kind: 'host', name, note: `${environment.name}, ${role}`, faults: control.host(name).faults() },
        HOST_BREAKAGES,
      ),
    ),
  );
  return html`<section class="customer"><h3>${plan.name}</h3>${door}${hosts}</section>`;
}

interface Machine {
  readonly kind: 'host' | 'bastion' | 'mail';
  readonly name: string;
  readonly note: string;
  readonly faults: readonly string[];
}

function renderMachine(machine: Machine, breakages: Readonly<Record<string, { readonly label: string }>>): Html {
  const { kind, name, note, faults } = machine;
  const isBroken = faults.length > 0;
  const options = Object.entries(breakages).map(
    ([action, { label }]) => html`<option value="${action}">${label}</option>`,
  );
  return html`<div class="machine" data-machine="${kind}" data-name="${name}"><span class="light${isBroken && ' broken'}"></span>
    <span class="machine-name">${name}<small class="${isBroken && 'broken'}">${isBroken ? faults.join(', ') : note}</small></span>
    <select aria-label="Break ${name}"><option value="">Break…</option>${options}</select>
    <button type="button" class="button small" data-heal ${!isBroken && html`disabled`}>Heal</button></div>`;
}
