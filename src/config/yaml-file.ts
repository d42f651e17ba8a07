import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { ConfigProblem, ProblemPath } from './config-problem.ts';

export interface YamlFile {
  /** Plain data; `undefined` when the text cannot be read as YAML at all. */
  readonly content: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Line of the deepest part of the path that is there. */
  lineOf(path: ProblemPath): number;
}

/** Reads one YAML 1.2 document and remembers on which line everything is. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
  });
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    path: '',
    message: code === 'DUPLICATE_KEY' ? 'this key is here twice; keep one' : `not valid YAML: ${message}`,
  }));
  const isReadable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  const { content, problem } = isReadable ? toContent(document) : { content: undefined, problem: undefined };
  if (problem !== undefined) {
    const line = lines.linePos(badAliasOffset(document)).line || 1;
    problems.push({ line, path: '', message: `not valid YAML: ${problem}` });
  }
  return { content, problems, lineOf: (path) => lines.linePos(offsetOf(path, document)).line || 1 };
}

/** Fails for an alias of nothing, and for a small file that aliases would make huge. */
function toContent(document: Document.Parsed): { content?: unknown; problem?: string | undefined } {
  try {
    return { content: document.toJS() ?? undefined };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function badAliasOffset(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined) {
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return offset;
}

function offsetOf(path: ProblemPath, document: Document.Parsed): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const step of path) {
    const found = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (found === undefined) {
      return offset;
    }
    offset = found.offset ?? offset;
    node = found.node;
  }
  return offset;
}

/** In a map the key says where it is; in a list the item itself. */
function childOf(node: unknown, step: PropertyKey): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && { node: pair.value, offset: (pair.key as Node).range?.[0] };
  }
  const item = isSeq(node) ? (node.items[Number(step)] as Node | undefined) : undefined;
  return item && { node: item, offset: item.range?.[0] };
}
