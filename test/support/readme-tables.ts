import { readFileSync, writeFileSync } from 'node:fs';
import { ENV_SETTINGS, type EnvSetting } from '../../src/config/env-settings.ts';
import type { Command } from '../../src/handlers/command-spec.ts';
import { COMMANDS } from '../../src/handlers/commands.ts';

export const README = 'README.md';

/** A table of the README that is made from the code, between `<!-- name -->` and `<!-- /name -->`. */
export interface ReadmeTable {
  readonly name: string;
  readonly content: string;
}

export function readmeTables(): readonly ReadmeTable[] {
  return [
    { name: 'commands', content: renderCommandsTable(COMMANDS) },
    { name: 'settings', content: renderSettingsTable(ENV_SETTINGS) },
  ];
}

export function renderSettingsTable(settings: readonly EnvSetting[]): string {
  const rows = settings.map(({ name, required, default: fallback, purpose }) => [
    code(name),
    required,
    fallback === undefined ? '' : code(fallback),
    purpose,
  ]);
  return table(['Setting', 'Required', 'Default', 'What for'], rows);
}

export function renderCommandsTable(commands: readonly Command[]): string {
  const rows = commands.map(({ usage, summary, permission }) => [
    code(usage),
    summary,
    permission === undefined ? '' : code(permission),
  ]);
  return table(['Command', 'What it does', 'Needs'], rows);
}

/** @returns What stands between the markers of a table; `undefined` when they are not there. */
export function tableIn(text: string, name: string): string | undefined {
  const [, after] = text.split(`<!-- ${name} -->`);
  const [inside, ...rest] = after?.split(`<!-- /${name} -->`) ?? [];
  return rest.length === 1 ? inside?.trim() : undefined;
}

/** Tables without markers are left out. */
export function fillTables(text: string, tables: readonly ReadmeTable[]): string {
  return tables.reduce((filled, { name, content }) => {
    const old = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`);
    return filled.replace(old, () => `<!-- ${name} -->\n${content}\n<!-- /${name} -->`);
  }, text);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`${text}\``;
}

// node test/support/readme-tables.ts --write
if (import.meta.main && process.argv.includes('--write')) {
  writeFileSync(README, fillTables(readFileSync(README, 'utf8'), readmeTables()));
}
