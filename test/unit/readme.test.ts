import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillTables, README, readmeTables, renderSettingsTable, tableIn } from '../support/readme-tables.ts';

describe('README.md', () => {
  it.each(readmeTables())(
    'has the table of $name that the code makes (node test/support/readme-tables.ts --write)',
    (table) => {
      expect(tableIn(readFileSync(README, 'utf8'), table.name)).toBe(table.content);
    },
  );
});

describe('the tables of the README', () => {
  it('show a setting in a row', () => {
    const settings = [
      { name: 'PORT', required: 'no', default: '3000', secret: false, purpose: 'this | that' },
    ] as const;
    expect(renderSettingsTable(settings)).toBe(
      '| Setting | Required | Default | What for |\n| --- | --- | --- | --- |\n| `PORT` | no | `3000` | this \\| that |',
    );
  });

  it('are put between their markers, and found there again', () => {
    const text = 'before\n<!-- commands -->\nold\n<!-- /commands -->\nafter';
    const filled = fillTables(text, [{ name: 'commands', content: 'new $& row' }]);
    expect(filled).toBe('before\n<!-- commands -->\nnew $& row\n<!-- /commands -->\nafter');
    expect(tableIn(filled, 'commands')).toBe('new $& row');
  });

  it('are missing where there are no markers', () => {
    expect(tableIn('<!-- commands -->\nrow', 'commands')).toBeUndefined();
    expect(tableIn('', 'commands')).toBeUndefined();
  });
});
