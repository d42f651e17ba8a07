import { type ParsedConfig, parseConfig } from '../../src/config/load-config.ts';

export const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEJAGT5diwglmzOfcFR2MdHrRUxVkUag+iVX+II/toO8';

/** A small configuration that is right. Tests break it in one place at a time. */
export const CONFIG_TEXT = `version: 1
home_team: T0MERIDIAN
roles:
  operator: [host.read, inventory.read, change.request]
  approver: [host.read, change.approve]
people:
  alice: { id: "T0MERIDIAN:U0ALICE", name: Alice }
  carol: { id: "T0MERIDIAN:U0CAROL", name: Carol }
  dana: { id: "T0ACME:U0DANA", name: Dana }
assignments:
  - { person: alice, role: operator, customers: all }
  - { person: carol, role: approver, customers: [acme, globex] }
  - { person: dana, role: approver, customers: [acme] }
approval_policies:
  - name: acme-prod
    environments: [acme/prod]
    changes: [patch]
    requested_by: [operator]
    approved_by: [{ role: approver, team: home }, { role: approver, team: customer }]
    expires_after: 4h
customers:
  - id: acme
    name: Acme Bank
    slack_team: T0ACME
    channels: { ops: [C0ACMEOPS, C0OPSALL], shared: [C0ACMESHARED] }
    bastions:
      - { name: jump, address: 192.0.2.1, host_keys: [${HOST_KEY}] }
    environments:
      - name: prod
        production: true
        time_zone: Europe/Berlin
        access: { bastions: [jump] }
        hosts:
          - { name: apim-1, role: gateway, address: 192.0.2.2, host_keys: [${HOST_KEY}] }
          - { name: apim-2, role: gateway, address: 192.0.2.3, host_keys: [${HOST_KEY}] }
  - id: globex
    name: Globex Health
    channels: { ops: [C0OPSALL] }
    environments:
      - name: prod
        production: true
        time_zone: UTC
        access: direct
        hosts:
          - { name: gw-1, role: gateway, address: gw.globex.example, host_keys: [${HOST_KEY}] }
`;

export interface Edit {
  readonly from: string;
  readonly to: string;
}

/** The small configuration with its first `from` replaced. */
function editedText({ from, to }: Edit): string {
  if (!CONFIG_TEXT.includes(from)) {
    throw new Error(`The configuration of the tests does not hold ${from}`);
  }
  return CONFIG_TEXT.replace(from, () => to);
}

export function parseEdited(edit: Edit): ParsedConfig {
  return parseConfig(editedText(edit));
}
