import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createConfigSource } from '../../../src/config/config-source.ts';
import { SetupError } from '../../../src/domain/errors.ts';
import { CONFIG_TEXT } from '../../support/config-file.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

const NO_SECRETS = { get: () => undefined };

describe('createConfigSource', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-source-'));
  const file = join(directory, 'msops.yml');
  beforeEach(() => writeFileSync(file, CONFIG_TEXT));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('gives the file as it was at the start until it is told to reload', () => {
    const source = createConfigSource({ file, secrets: NO_SECRETS, logger: createRecordingLogger() });
    writeFileSync(file, CONFIG_TEXT.replace('Acme Bank', 'Acme Bank Ltd'));
    expect(source.current().inventory.customers[0]?.name).toBe('Acme Bank');
    expect(source.reload()).toBeUndefined();
    expect(source.current().inventory.customers[0]?.name).toBe('Acme Bank Ltd');
  });

  it.each([
    ['wrong', () => writeFileSync(file, CONFIG_TEXT.replace('version: 1', 'version: 2'))],
    ['no YAML', () => writeFileSync(file, 'a: [')],
    ['empty', () => writeFileSync(file, '')],
    ['gone', () => rmSync(file)],
  ])('keeps the old configuration when the new file is %s, and says so', (_what, spoil) => {
    const logger = createRecordingLogger();
    const source = createConfigSource({ file, secrets: NO_SECRETS, logger });
    const before = source.current();
    spoil();
    expect(source.reload()).toBeInstanceOf(SetupError);
    expect(source.current()).toBe(before);
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'Configuration not reloaded: the old one stays'],
    ]);
  });

  it('takes the file again once it is right', () => {
    const source = createConfigSource({ file, secrets: NO_SECRETS, logger: createRecordingLogger() });
    writeFileSync(file, 'a: [');
    source.reload();
    writeFileSync(file, CONFIG_TEXT.replace('Acme Bank', 'Acme Bank Ltd'));
    expect(source.reload()).toBeUndefined();
    expect(source.current().inventory.customers[0]?.name).toBe('Acme Bank Ltd');
  });

  it('does not start with a file that is wrong', () => {
    writeFileSync(file, 'version: 2');
    expect(() => createConfigSource({ file, secrets: NO_SECRETS, logger: createRecordingLogger() })).toThrow(
      SetupError,
    );
  });
});
