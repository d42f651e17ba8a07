import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProductPlan } from './host-plan.ts';

const PACK = fileURLToPath(new URL('./pack', import.meta.url));
const SCRIPTS = { apim: 'api-manager.sh', is: 'wso2server.sh', mi: 'micro-integrator.sh' } as const;

/** The product's directory as an update tool finds it: its script, the tool, and how far it was updated. */
export function packFiles({ home, pack, updateLevel = 0, hotfixes = [] }: ProductPlan): Record<string, string> {
  const inside = home.slice(1);
  return {
    [`${inside}/bin/version.txt`]: `${pack}\n`,
    [`${inside}/updates/product.txt`]: `${pack}\n`,
    [`${inside}/updates/config.json`]: `${JSON.stringify({ 'update-level': String(updateLevel), hotfixes }, null, 2)}\n`,
  };
}

/** What has to be executable. */
export function layPrograms(root: string, { home, kind, hasUpdateTool = true }: ProductPlan): void {
  const bin = join(root, home, 'bin');
  mkdirSync(bin, { recursive: true });
  const tool = hasUpdateTool ? 'wso2update_linux' : 'update_tool_setup.sh';
  const programs = { [SCRIPTS[kind]]: 'server.sh', [tool]: 'wso2update_linux' };
  for (const [name, source] of Object.entries(programs)) {
    cpSync(join(PACK, source), join(bin, name));
    chmodSync(join(bin, name), 0o755);
  }
}
