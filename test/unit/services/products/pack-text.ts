/** What the probe of a pack prints, part by part, of a host on which nothing is wrong. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  pack: ['wso2 /opt/wso2/wso2mi/.'],
  product: ['wso2mi-4.4.0'],
  version: ['WSO2 Micro Integrator 4.4.0'],
  config: ['{"update-level": "5", "hotfixes": []}'],
  state: ['/opt/wso2/wso2mi/updates//config.json'],
  stateowner: ['wso2 /opt/wso2/wso2mi/updates/config.json'],
  machine: ['x86_64'],
  tools: ['/opt/wso2/wso2mi/bin//wso2update_linux', '/opt/wso2/wso2mi/bin//update_tool_setup.sh'],
  hotfixes: [],
  unmerged: [],
  links: [],
  size: ['600000\t/opt/wso2/wso2mi/.'],
  logs: ['100000\t/opt/wso2/wso2mi/repository/logs'],
  free: ['Filesystem 1024-blocks Used Available Capacity Mounted on', '/dev/vda1 41943040 1 30000000 1% /'],
  user: ['wso2'],
  backups: ['wso2 /home/wso2/.wso2-updates'],
  pids: ['1544'],
  end: [],
};

export type PackParts = Readonly<Record<string, readonly string[] | number>>;

/** @param changes lines of a part, or the exit code with which it failed. */
export function packText(changes: PackParts = {}): string {
  return Object.entries({ ...PARTS, ...changes })
    .map(([name, content]) => {
      const lines = typeof content === 'number' ? [] : content;
      const code = typeof content === 'number' ? content : 0;
      return `${lines.map((line) => `${name}|${line}\n`).join('')}${name}=${code}\n`;
    })
    .join('');
}

/** The same with the product stopped. */
export const STOPPED: PackParts = { pids: 1 };
