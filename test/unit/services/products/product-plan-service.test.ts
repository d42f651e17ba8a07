import { describe, expect, it } from 'vitest';
import type { UserError } from '../../../../src/domain/errors.ts';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import { createProductPlanService } from '../../../../src/services/products/product-plan-service.ts';
import { selectProduct } from '../../../../src/services/products/select-product.ts';
import { productPlanView } from '../../../../src/views/product-plan-view.ts';
import { aHopFailure, aProduct, NOW } from '../../../support/builders.ts';
import { createFakeExecutor, type Reply } from '../../../support/fake-executor.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';
import { packText } from './pack-text.ts';

const MI = aProduct({ name: 'mi', home: '/opt/wso2/wso2mi/' });
const hosts = [
  aHost('mi-1', { products: [MI] }),
  aHost('mi-2', { products: [MI] }),
  aHost('apim-1', { products: [aProduct({ name: 'apim' })] }),
];
const selection = { environment: { ...anEnvironment('acme', 'prod', []), hosts }, hosts };

function setUp(replies: Readonly<Record<string, Reply>>) {
  const executor = createFakeExecutor({ 'mi-1': () => ({ stdout: packText() }), ...replies });
  const logger = createRecordingLogger();
  const service = createProductPlanService({ executor, logger });
  const plan = (updateLevel?: number) => service.plan({ ...selection, product: 'mi', updateLevel }, () => {});
  return { plan, executor, logger };
}

describe('product plan service', () => {
  it('asks each host that has the product once, as its service user, and shows answers as they come', async () => {
    const { executor } = setUp({ 'mi-2': () => ({ stdout: packText({ free: ['h', '/dev/vda1 9 9 9 99% /'] }) }) });
    const seen: number[] = [];
    const service = createProductPlanService({ executor, logger: createRecordingLogger() });
    const plans = await service.plan({ ...selection, product: 'mi' }, (reports) => seen.push(reports.length));
    expect(plans).toMatchObject([
      { host: 'mi-2', level: 'critical' },
      { host: 'mi-1', level: 'ok', findings: [], sample: { product: 'wso2mi-4.4.0' } },
    ]);
    expect(seen).toEqual([1, 2]);
    expect(executor.runs.map(({ command }) => [command.slice(0, 6), command.at(-1)])).toEqual([
      [['sudo', '-n', '-H', '-u', 'wso2', '--'], '/opt/wso2/wso2mi'],
      [['sudo', '-n', '-H', '-u', 'wso2', '--'], '/opt/wso2/wso2mi'],
    ]);
  });

  it.each([
    [() => Promise.reject(new HopFailure(aHopFailure({ hop: 'mi-2' }))), { level: 'unreachable', findings: [] }],
    [() => ({ exitCode: 1, stderr: 'sudo: a password is required' }), { level: 'unknown' }],
    [() => Promise.reject(new Error('pool is a teapot')), { level: 'unknown' }],
  ] satisfies [Reply, object][])('tells a host apart that did not answer', async (reply, expected) => {
    const { plan } = setUp({ 'mi-2': reply });
    const plans = await plan();
    expect(plans.find(({ host }) => host === 'mi-2')).toMatchObject(expected);
    expect(JSON.stringify(plans)).not.toContain('teapot');
  });

  it('says whether the level that is wanted can be reached', async () => {
    const { plan } = setUp({ 'mi-2': () => ({ stdout: packText() }) });
    expect((await plan(4)).map(({ level }) => level)).toEqual(['critical', 'critical']);
    expect((await plan(6)).map(({ level }) => level)).toEqual(['ok', 'ok']);
  });
});

describe('selectProduct', () => {
  it('leaves hosts without the product out', () => {
    expect(selectProduct(selection, 'mi').hosts.map(({ name }) => name)).toEqual(['mi-1', 'mi-2']);
  });

  it.each([
    ['apin', 'Did you mean `apim`?'],
    ['tomcat', 'There are: `apim`, `mi`.'],
  ])('says what there is instead of %s', (name, hint) => {
    expect(() => selectProduct(selection, name)).toThrow(expect.objectContaining({ hint }) as UserError);
  });
});

describe('productPlanView', () => {
  it('shows where each host stands, and that nodes differ', async () => {
    const { plan } = setUp({
      'mi-2': () => ({ stdout: packText({ config: ['{"update-level": 12}'], tools: [], pids: 1 }) }),
    });
    const reports = await plan(12);
    const facts = { selection: { customer: 'acme', ...selectProduct(selection, 'mi') }, reports, now: NOW };
    const message = productPlanView({ ...facts, isFinal: true, askedBy: 'alice', product: 'mi', updateLevel: 12 });
    expect(message.text).toBe(
      '🔴 acme/prod: mi on 2 hosts, different update levels: 5, 12; 1 cannot be updated to level 12 as it is',
    );
    const text = JSON.stringify(message.blocks);
    for (const words of ['wso2mi-4.4.0', '28.6 GiB (1.9)', 'missing', 'there is no update tool', 'unknown']) {
      expect(text).toContain(words);
    }
  });
});
