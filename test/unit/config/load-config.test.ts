import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadConfig, parseConfig } from '../../../src/config/load-config.ts';
import { SetupError } from '../../../src/domain/errors.ts';
import { CONFIG_TEXT, HOST_KEY } from '../../support/config-file.ts';

const places = (text: string) => parseConfig(text).problems.map(({ line, path }) => `${line} ${path}`);

describe('parseConfig', () => {
  it('takes the configuration that the faults of these tests are made from', () => {
    expect(parseConfig(CONFIG_TEXT).problems).toEqual([]);
  });

  it('reports every fault in one go, of types and of references, sorted by line', () => {
    const broken = CONFIG_TEXT.replace('version: 1', 'version: 2')
      .replace('person: alice', 'person: alcie')
      .replace('expires_after: 4h', 'expires_after: soon')
      .replace('Europe/Berlin', 'Mars')
      .replace('[jump]', '[jmp]')
      .replace('name: Globex Health', 'name: Globex\n    name: Health')
      .replace('gw.globex.example', '"not an address", colour: red');
    expect(places(broken)).toEqual([
      '1 version',
      '11 assignments[0].person',
      '20 approval_policies[0].expires_after',
      '31 customers[0].environments[0].time_zone',
      '32 customers[0].environments[0].access.bastions[0]',
      '38 ',
      '46 customers[1].environments[0].hosts[0].address',
      '46 customers[1].environments[0].hosts[0].colour',
    ]);
  });

  it('names what hangs on a fault as well: who was assigned to a customer that is gone', () => {
    expect(places(CONFIG_TEXT.replace('id: globex', 'id: all'))).toEqual([
      '12 assignments[1].customers[1]',
      '36 customers[1].id',
    ]);
  });

  it('reports an environment without hosts and one that is there twice', () => {
    const environment = `      - { name: prod, production: true, time_zone: UTC, access: direct, hosts: [] }\n`;
    expect(places(CONFIG_TEXT + environment)).toEqual([
      '46 customers[1].environments[1].hosts',
      '46 customers[1].environments[1].name',
    ]);
  });

  it.each([
    ['a bracket that never closes', 'version: [1\nroles: x\n', 2],
    ['a tab for blanks', 'version: 1\nroles:\n\toperator: []\n', 3],
    ['two documents', 'version: 1\n---\nversion: 1\n', 2],
    ['an alias of nothing', 'version: 1\nroles: *nobody\n', 2],
  ])('tells the line of YAML that cannot be read: %s', (_what, text, line) => {
    const [first] = parseConfig(text).problems;
    expect(first).toEqual({ line, path: '', message: expect.stringMatching(/^not valid YAML: /) });
  });

  it('does not let aliases grow a small file into a huge one', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of [...'bcdefgh'].entries()) {
      const before = 'abcdefgh'[index];
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    expect(parseConfig(bomb.join('\n')).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('alias'),
    ]);
  });

  it('reports a fault inside an anchor once, however often it is used', () => {
    const hosts = `hosts: &hosts [{ name: a, role: r, address: a.example, host_keys: [nonsense] }]`;
    const twice = `${CONFIG_TEXT}      - { name: a, production: true, time_zone: UTC, access: direct, ${hosts} }
      - { name: b, production: true, time_zone: UTC, access: direct, hosts: *hosts }\n`;
    expect(places(twice)).toEqual(['46 customers[1].environments[1].hosts[0].host_keys[0]']);
  });

  it.each(['', '# nothing\n', 'null', 'just text', '[]', '7'])(
    'has something to say about a file that holds %j',
    (text) => {
      expect(parseConfig(text).problems.length).toBeGreaterThan(0);
    },
  );

  it('never fails and never calls a broken file right, whatever is put in the place of a value', () => {
    const paths: (string | number)[][] = [];
    collect(parse(CONFIG_TEXT), [], paths);
    const junk = fc.oneof(fc.anything({ maxDepth: 1, maxKeys: 2 }), fc.constantFrom('__proto__', '', -1, 1e9));
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 1 }), junk, (path, json, anything) => {
        const value = typeof anything === 'string' || typeof anything === 'number' ? anything : json;
        const { config, problems } = parseConfig(stringify(withValue(parse(CONFIG_TEXT), path, value)));
        expect(config === undefined).toBe(problems.length > 0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('loadConfig', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-config-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const load = (text: string) => {
    const file = join(directory, 'msops.yml');
    writeFileSync(file, text);
    return { file, run: () => loadConfig(file) };
  };

  it('gives the configuration of a file that is right', () => {
    expect(
      load(CONFIG_TEXT)
        .run()
        .inventory.customers.map(({ id }) => id),
    ).toEqual(['acme', 'globex']);
  });

  it('throws one error with a line for each problem, as compilers print it', () => {
    const { file, run } = load(CONFIG_TEXT.replace('version: 1', 'version: 2').replace(HOST_KEY, 'nonsense'));
    expect(run).toThrow(SetupError);
    expect(run).toThrow(`${file} has 2 problems:\n${file}:1 version: must be 1`);
  });

  it('says what to do when there is no file', () => {
    expect(() => loadConfig(join(directory, 'nobody.yml'))).toThrow(
      /cannot be read \(ENOENT\)\. Copy msops\.example\.yml/,
    );
  });
});

function collect(value: unknown, path: (string | number)[], paths: (string | number)[][]): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      paths.push(here);
      collect(child, here, paths);
    }
  }
}

function withValue(root: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return value;
  }
  const copy = structuredClone(root) as Record<string | number, unknown>;
  copy[step] = withValue(copy[step], rest, value);
  return copy;
}
