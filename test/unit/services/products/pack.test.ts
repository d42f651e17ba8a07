import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { judgePack } from '../../../../src/services/products/judge-pack.ts';
import { parsePack } from '../../../../src/services/products/parse-pack.ts';
import { type PackParts, packText } from './pack-text.ts';

const HOME = '/opt/wso2/wso2mi';
const sampleOf = (changes?: PackParts) => parsePack(splitProbeOutput(packText(changes)), HOME);
const judge = (changes?: PackParts, level?: number) =>
  judgePack(sampleOf(changes), { product: { serviceUser: 'wso2' }, level });

describe('parsePack', () => {
  it('reads a pack that can be updated', () => {
    expect(sampleOf()).toEqual({
      product: 'wso2mi-4.4.0',
      version: 'WSO2 Micro Integrator 4.4.0',
      updates: { kind: 'levels', level: 5 },
      tool: { kind: 'binary', program: 'wso2update_linux' },
      hotfixes: [],
      conflicts: [],
      links: [],
      packBytes: 500_000 * 1024,
      neededBytes: 3 * 500_000 * 1024 + 500 * 1024 * 1024,
      freeBytes: 30_000_000 * 1024,
      owners: { pack: 'wso2', state: 'wso2', backups: { owner: 'wso2', path: '/home/wso2/.wso2-updates' } },
      running: true,
      gaps: [],
    });
  });

  it.each([
    ['{"update-level": 12}', { kind: 'levels', level: 12 }],
    ['{"update-level": "-1"}', { kind: 'levels', level: 0 }],
    ['{"update-level": "twelve"}', { kind: 'levels', level: undefined }],
    ['{"update-level": 1.5}', { kind: 'levels', level: undefined }],
    ['{', { kind: 'levels', level: undefined }],
  ])('reads the level of %s', (config, updates) => {
    expect(sampleOf({ config: [config] }).updates).toEqual(updates);
  });

  it('tells the older tools by their files, and nothing when it could not look', () => {
    expect(sampleOf({ state: [`${HOME}/updates//config.yaml`] }).updates).toEqual({ kind: 'in_place' });
    expect(sampleOf({ state: [] }).updates).toEqual({ kind: 'wum' });
    expect(sampleOf({ state: 1 }).updates).toEqual({ kind: 'unknown' });
  });

  it('takes the program of the machine’s architecture', () => {
    const tools = [`${HOME}/bin//wso2update_linux`, `${HOME}/bin//wso2update_linux_arm64`];
    expect(sampleOf({ tools, machine: ['aarch64'] }).tool).toEqual({
      kind: 'binary',
      program: 'wso2update_linux_arm64',
    });
    expect(sampleOf({ machine: ['aarch64'] }).tool).toEqual({ kind: 'setup_only' });
    expect(sampleOf({ tools: [] }).tool).toEqual({ kind: 'none' });
    expect(sampleOf({ tools: 1 }).tool).toBeUndefined();
  });

  it.each([
    ['{"update-level": 5}', [], undefined],
    ['{"update-level": 5, "hotfixes": {"wso2mi-4.4.0-abc-hf-1": {}}}', [], ['wso2mi-4.4.0-abc-hf-1']],
    ['{"update-level": 5, "state": {"applied-hotfixes": ["a-hf-1.zip"]}}', [], ['a-hf-1.zip']],
    ['{"update-level": 5}', [`${HOME}/updates//hotfix-1.json`], ['updates/hotfix-1.json']],
    ['{"update-level": 5, "hotfixes": null}', [`${HOME}/updates//hotfixes`], []],
  ])('finds hotfixes in %s and %j', (config, hotfixes, found) => {
    expect(sampleOf({ config: [config], hotfixes }).hotfixes).toEqual(found);
  });

  it('takes a file for a conflict only when both versions lie beside it', () => {
    const unmerged = ['a.jag.original', 'a.jag.new', 'b.toml.original', 'c.js.new'].map((path) => `${HOME}/${path}`);
    expect(sampleOf({ unmerged }).conflicts).toEqual(['a.jag']);
  });

  it('says what it could not find out', () => {
    const sample = sampleOf({ product: 1, unmerged: 1, size: 124, pids: 2, free: [] });
    expect(sample).toMatchObject({
      product: undefined,
      conflicts: undefined,
      packBytes: undefined,
      running: undefined,
    });
    expect(sample.gaps).toHaveLength(5);
    expect(sample.gaps.join()).toContain('the size of the pack: no answer in time');
    expect(parsePack(new Map(), HOME).gaps).toContain('the answer of the host was cut');
  });
});

describe('judgePack', () => {
  it('has nothing against a pack that can be updated', () => {
    expect(judge({}, 12)).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    [{ state: [] }, 'WUM'],
    [{ state: [`${HOME}/updates//config.yaml`] }, 'in-place tool'],
    [{ tools: [] }, 'no update tool'],
    [{ tools: [`${HOME}/bin//update_tool_setup.sh`] }, 'update_tool_setup.sh'],
    [{ tools: 1 }, 'could not be found out'],
    [{ config: ['{"update-level": 13, "hotfixes": []}'] }, 'never goes back to 12'],
    [{ config: ['{"update-level": 5, "hotfixes": ["x-hf-1.zip"]}'] }, 'hotfixes are in the way: x-hf-1.zip'],
    [{ unmerged: [`${HOME}/a.js.original`, `${HOME}/a.js.new`] }, 'left 1 conflict: a.js'],
    [{ free: ['h', '/dev/vda1 41943040 1 900000 99% /'] }, '878 MiB free on the disk of the pack, 1964 MiB needed'],
    [{ size: 1 }, 'room on the disk'],
    [{ backups: ['root /home/wso2/.wso2-updates'] }, 'belong to root'],
    [{ stateowner: ['ops /opt/wso2/wso2mi/updates/config.json'] }, 'updated by ops'],
    [{ pack: ['root /opt/wso2/wso2mi/.'] }, 'belongs to root'],
  ] satisfies [PackParts, string][])('finds a problem in %j', (changes, words) => {
    const { problems } = judge(changes, 12);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(words);
  });

  it('warns of links, of hotfixes that nobody can see, and of a product that is started', () => {
    const { problems, warnings } = judge({ links: [`${HOME}/lib/a.jar`], config: ['{"update-level":5}'], pids: 1 }, 12);
    expect(problems).toEqual([]);
    expect(warnings.join('\n')).toMatch(/hotfixes leave no documented trace[\s\S]*lib\/a\.jar[\s\S]*does not run now/);
  });
});
