import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { CHANNELS, HOME_TEAM, PEOPLE } from '../../sandbox/cast.ts';

export interface LoadHosts {
  readonly hosts: readonly number[];
  readonly bastion: number;
  readonly hostKey: string;
}

/** One customer with all hosts behind one bastion; alice may do everything in every channel. */
export function writeLoadConfig(file: string, { hosts, bastion, hostKey }: LoadHosts): void {
  const machine = (name: string, port: number) => ({ name, address: '127.0.0.1', ssh: { port }, host_keys: [hostKey] });
  const alice = PEOPLE.find(({ handle }) => handle === 'alice');
  const config = {
    version: 1,
    home_team: HOME_TEAM.id,
    roles: { operator: ['host.read', 'inventory.read', 'access_path.check'] },
    people: { alice: { id: `${HOME_TEAM.id}:${alice?.id}`, name: 'Alice' } },
    assignments: [{ person: 'alice', role: 'operator', customers: 'all' }],
    defaults: { ssh: { user: 'ops' } },
    customers: [
      {
        id: 'load',
        name: 'Load',
        channels: { ops: CHANNELS.filter(({ sharedWith }) => sharedWith.length === 0).map(({ id }) => id) },
        bastions: [machine('bastion', bastion)],
        environments: [
          {
            name: 'prod',
            production: true,
            monitoring: 'off',
            time_zone: 'Etc/UTC',
            access: { bastions: ['bastion'] },
            hosts: hosts.map((port, index) => ({ ...machine(`h${index + 1}`, port), role: 'gateway' })),
          },
        ],
      },
    ],
  };
  writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
}
