import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { PackSample, UpdateState, UpdateTool } from '../services/products/pack-sample.ts';
import type { ProductPlan } from '../services/products/product-plan-service.ts';
import { UNKNOWN } from './format-numbers.ts';
import { shortHopFailure } from './hop-failure-words.ts';
import { type SurveyFacts, surveyView } from './survey-view.ts';

const GIBIBYTE = 1024 ** 3;

export interface ProductPlanFacts extends SurveyFacts<ProductPlan> {
  /** Name in the inventory. */
  readonly product: string;
  /** The update level that is wanted, when one is. */
  readonly updateLevel?: number | undefined;
}

/** Where the product of each host stands, and what stands between it and another update level. */
export function productPlanView(facts: ProductPlanFacts): Message {
  const { product, updateLevel } = facts;
  return surveyView(facts, {
    columns: [
      { title: 'Host' },
      { title: 'Product' },
      { title: 'Level', align: 'right' },
      { title: 'Update tool' },
      { title: 'Hotfixes' },
      { title: 'Free disk (needed)', align: 'right' },
      { title: 'Runs' },
    ],
    cells: ({ sample }) => (sample ? planCells(sample) : []),
    short: ({ failure }) => (failure ? shortHopFailure(failure) : UNKNOWN),
    summarize: (plans) => summarize(plans, { product, updateLevel }),
    details: () => [],
    legend:
      'Nothing was changed, and WSO2 was not asked for newer levels. An update needs three times the disk of the product, and 500 MiB.',
  });
}

function planCells(sample: PackSample): readonly string[] {
  const { product, version, updates, tool, hotfixes, running } = sample;
  return [
    product ?? version ?? UNKNOWN,
    levelCell(updates),
    toolCell(tool),
    hotfixes === undefined ? UNKNOWN : String(hotfixes.length),
    diskCell(sample),
    running === undefined ? UNKNOWN : running ? 'yes' : 'no',
  ];
}

function levelCell(updates: UpdateState): string {
  switch (updates.kind) {
    case 'levels':
      return updates.level === undefined ? UNKNOWN : String(updates.level);
    case 'in_place':
      return 'in-place tool';
    case 'wum':
      return 'WUM';
    case 'unknown':
      return UNKNOWN;
  }
}

function toolCell(tool: UpdateTool | undefined): string {
  const words = { binary: 'ready', setup_only: 'not set up', none: 'missing' } as const;
  return tool === undefined ? UNKNOWN : words[tool.kind];
}

function diskCell({ freeBytes, neededBytes }: PackSample): string {
  const gibibytes = (bytes: number | undefined, unit: string) =>
    bytes === undefined ? UNKNOWN : `${(bytes / GIBIBYTE).toFixed(1)}${unit}`;
  return freeBytes === undefined && neededBytes === undefined
    ? UNKNOWN
    : `${gibibytes(freeBytes, ' GiB')} (${gibibytes(neededBytes, '')})`;
}

/** `mi at levels 5 and 7 on 2 hosts; 1 cannot be updated to 12 as it is; 1 not reached`. */
function summarize(plans: readonly ProductPlan[], wanted: Pick<ProductPlanFacts, 'product' | 'updateLevel'>): string {
  const { product, updateLevel } = wanted;
  const levels = new Set(plans.flatMap(({ sample }) => (sample ? levelCell(sample.updates) : [])));
  const blocked = plans.filter(({ level }) => level === 'critical').length;
  const failed = plans.filter(({ failure }) => failure).length;
  const target = updateLevel === undefined ? '' : ` to level ${updateLevel}`;
  return [
    `${product} on ${count(plans.length, 'host')}, ${describeLevels([...levels])}`,
    ...(blocked > 0 ? [`${blocked} cannot be updated${target} as ${blocked === 1 ? 'it is' : 'they are'}`] : []),
    ...(failed > 0 ? [`${failed} not reached`] : []),
  ].join('; ');
}

/** Nodes of one cluster belong on one level. */
function describeLevels(levels: readonly string[]): string {
  if (levels.length === 0) {
    return `update level ${UNKNOWN}`;
  }
  return levels.length === 1
    ? `update level ${levels[0]}`
    : `different update levels: ${levels.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).join(', ')}`;
}
