import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureProblems, importsOf, type SourceFile } from '../support/architecture.ts';

function sourceFiles(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, name).replaceAll('\\', '/'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function problems(path: string, text: string, more: readonly SourceFile[] = []): readonly string[] {
  return architectureProblems([{ path, text }, ...more]);
}

describe('the house plan', () => {
  it('holds for the whole source', () => {
    const files = [...sourceFiles('src'), ...sourceFiles('sandbox')];
    expect(files.length).toBeGreaterThan(40);
    expect(architectureProblems(files)).toEqual([]);
  });
});

describe('architectureProblems', () => {
  it.each([
    ['src/domain/a.ts', '../config/b.ts'],
    ['src/domain/a.ts', 'kysely'],
    ['src/config/a.ts', '../services/x/b.ts'],
    ['src/views/a.ts', '../services/x/b.ts'],
    ['src/views/a.ts', '../adapters/x/b.ts'],
    ['src/services/x/a.ts', '../y/b.ts'],
    ['src/services/x/a.ts', '../../config/b.ts'],
    ['src/services/x/a.ts', '../../views/b.ts'],
    ['src/services/x/a.ts', '../../adapters/x/b.ts'],
    ['src/services/x/a.ts', '@slack/bolt'],
    ['src/services/x/a.ts', 'ssh2'],
    ['src/services/x/a.ts', 'pg'],
    ['src/services/x/a.ts', '@aws-sdk/client-s3'],
    ['src/adapters/x/a.ts', '../../handlers/b.ts'],
    ['src/adapters/x/a.ts', '../../config/b.ts'],
    ['src/adapters/x/a.ts', '../../services/x/x-service.ts'],
    ['src/handlers/a.ts', '../adapters/x/b.ts'],
    ['src/handlers/a.ts', '../config/b.ts'],
    ['src/web/a.ts', '../adapters/x/b.ts'],
    ['src/scheduler/a.ts', '../adapters/x/b.ts'],
    ['src/scheduler/a.ts', '../views/b.ts'],
    ['src/handlers/a.ts', '../app.ts'],
    ['src/config/a.ts', '../bot.ts'],
    ['src/app.ts', '../sandbox/cast.ts'],
    ['src/adapters/x/a.ts', '../../../sandbox/cast.ts'],
    ['src/adapters/x/a.ts', '../../../test/support/world.ts'],
    ['sandbox/a.ts', '../src/domain/b.ts'],
    ['sandbox/x/a.ts', '../../src/views/status-view.ts'],
    ['sandbox/x/a.ts', '../../test/support/world.ts'],
    ['src/stuff/a.ts', '../domain/b.ts'],
  ])('does not let %s import %s', (path, specifier) => {
    expect(problems(path, `import { b } from '${specifier}';`)).toHaveLength(1);
    expect(problems(path, `import {\n  b,\n  type C,\n} from '${specifier}';`)).toHaveLength(1);
    expect(problems(path, `import '${specifier}';`)).toHaveLength(1);
    expect(problems(path, `export * from '${specifier}';`)).toHaveLength(1);
    expect(problems(path, `const b = await import('${specifier}');`)).toHaveLength(1);
  });

  it.each([
    ['src/domain/a.ts', 'import { b } from "./b.ts"; import { isIP } from "node:net";'],
    ['src/config/a.ts', "import { b } from '../domain/b.ts';\nimport * as z from 'zod';"],
    ['src/views/a.ts', "import type { B } from '../services/x/b.ts';"],
    ['src/services/x/a.ts', "import { b } from './b.ts';\nimport { type B, type C } from '../y/b.ts';"],
    ['src/adapters/x/a.ts', "import ssh2 from 'ssh2';\nimport { b } from '../clock/b.ts';"],
    [
      'src/adapters/x/a.ts',
      "import { P } from '../../services/x/ports.ts';\nimport type { E } from '../../config/env.ts';",
    ],
    ['src/handlers/a.ts', "import { b } from '../services/x/b.ts';\nimport { v } from '../views/v.ts';"],
    ['src/app.ts', "import { b } from './adapters/x/b.ts';\nimport { h } from './handlers/h.ts';"],
    [
      'sandbox/slack/a.ts',
      "import { LIMITS } from '../../src/views/slack-limits.ts';\nimport { c } from '../cast.ts';",
    ],
  ])('lets %s import what is on its arrow: %s', (path, text) => {
    expect(problems(path, text)).toEqual([]);
  });

  it.each([
    ['src/adapters/x/a.ts', 'const a = process.env.HOME;', 'reads process.env'],
    ['src/config/load-config.ts', 'const { HOME } = process.env;', 'reads process.env'],
    ['src/services/x/a.ts', 'const a = new Date();', 'clock or chance'],
    ['src/services/x/a.ts', 'const a = Date.now();', 'clock or chance'],
    ['src/domain/a.ts', 'const a = Math.random();', 'clock or chance'],
    ['src/services/x/a.ts', "import { randomUUID } from 'node:crypto';", 'clock or chance'],
    ['src/services/x/a.ts', 'setTimeout(f, 5);', 'clock or chance'],
    ['src/views/a.ts', 'console.log(1);', 'console'],
    ['src/services/x/utils/a.ts', '', 'forbidden'],
    ['src/helpers/a.ts', '', 'forbidden'],
    ['sandbox/lib/a.ts', '', 'forbidden'],
  ])('refuses in %s: %s', (path, text, says) => {
    expect(problems(path, text)).toEqual([expect.stringContaining(says)]);
  });

  it('lets the entries hand over the environment, and anybody speak of it in a comment', () => {
    expect(problems('src/bot.ts', 'readEnv(process.env); console.error(1);')).toEqual([]);
    expect(problems('src/services/x/a.ts', '/** Not process.env, not Date.now(). */\n// console.log\n')).toEqual([]);
    expect(problems('src/services/x/a.ts', 'const a = new Date(now); const url = "http://a";')).toEqual([]);
  });

  it('finds services that need each other in a circle, even by types alone', () => {
    const circle = [
      { path: 'src/services/y/a.ts', text: "import type { C } from '../z/c.ts';" },
      { path: 'src/services/z/c.ts', text: "import type { A } from '../x/a.ts';" },
    ];
    expect(problems('src/services/x/a.ts', "import type { B } from '../y/a.ts';", circle)).toEqual([
      'services need each other in a circle: x, y, z',
    ]);
    expect(problems('src/services/x/a.ts', '', circle)).toEqual([]);
  });
});

describe('importsOf', () => {
  it('tells what is imported for its types alone', () => {
    const text = `import type { A } from './a.ts';
import { type B, type C } from './b.ts';
import { type D, e } from './d.ts';
import f, { type G } from './f.ts';
export type { H } from './h.ts';
import * as z from 'zod';`;
    expect(importsOf({ path: 'src/x/y.ts', text })).toEqual([
      { from: 'src/x/y.ts', to: 'src/x/a.ts', isTypeOnly: true },
      { from: 'src/x/y.ts', to: 'src/x/b.ts', isTypeOnly: true },
      { from: 'src/x/y.ts', to: 'src/x/d.ts', isTypeOnly: false },
      { from: 'src/x/y.ts', to: 'src/x/f.ts', isTypeOnly: false },
      { from: 'src/x/y.ts', to: 'src/x/h.ts', isTypeOnly: true },
      { from: 'src/x/y.ts', to: 'zod', isTypeOnly: false },
    ]);
  });
});
