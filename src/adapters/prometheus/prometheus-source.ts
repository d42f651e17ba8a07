import { UserError } from '../../domain/errors.ts';
import { inTurns } from '../../domain/in-turns.ts';
import type { PrometheusSource } from '../../domain/inventory.ts';
import { missingSecret, type NamedSecrets } from '../../domain/named-secrets.ts';
import type { Secret } from '../../domain/secret.ts';
import type { MetricPoint, MetricQuery, MetricSource } from '../../services/metrics/ports.ts';
import { type FormAnswer, postForm } from './post-form.ts';
import { explainNetworkFailure, explainRefusal } from './prometheus-failure.ts';
import { forHost, rangeQuery } from './range-query.ts';
import { readMatrix } from './read-matrix.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** Questions at a time, so that a customer's server is not flooded. */
const AT_A_TIME = 4;

export interface PrometheusSourceDeps {
  readonly secrets: NamedSecrets;
  /** For each question; 10 s when it is missing. */
  readonly timeoutMs?: number | undefined;
}

interface Asked {
  readonly name: string;
  readonly url: URL;
  readonly token: Secret | undefined;
  readonly promql: string;
  readonly query: MetricQuery;
  readonly timeoutMs: number;
}

/**
 * Reads metrics from the Prometheus that the environment's `metricSource` names, by `/api/v1/query_range`; what speaks
 * its API (Thanos, Mimir, VictoriaMetrics) will do. When a query gives several series for a host, the highest counts at
 * each step. A step in which there is no finite number is a gap. Values are looked up once a minute, and Prometheus
 * itself takes one for up to five minutes after it was read.
 */
export function createPrometheusSource({ secrets, timeoutMs = TIMEOUT_MS }: PrometheusSourceDeps): MetricSource {
  return {
    async series(query) {
      const settings = query.environment.monitoring?.metricSource;
      const promql = settings?.queries[query.metric];
      if (settings === undefined || promql === undefined) {
        throw new Error(`No query gives ${query.metric} of ${query.environment.customer}/${query.environment.name}.`);
      }
      const url = new URL(`${settings.url.replace(/\/+$/, '')}/api/v1/query_range`);
      const name = `Prometheus ${url.host}`;
      const asked = { name, url, token: tokenOf(name, settings, secrets), promql, query, timeoutMs };
      const work = async (host: string) => ({ host, points: await ask(asked, host) });
      return inTurns({ items: query.hosts, atOnce: AT_A_TIME, work });
    },
  };
}

function tokenOf(name: string, { token }: PrometheusSource, secrets: NamedSecrets): Secret | undefined {
  const secret = token === undefined ? undefined : secrets.get(token);
  if (token !== undefined && secret === undefined) {
    const hint = `Whoever runs msops can ${missingSecret(token)}`;
    throw new UserError(`${name} needs a token, and the secret \`${token}\` is not there.`, { hint });
  }
  return secret;
}

async function ask(asked: Asked, host: string): Promise<readonly MetricPoint[]> {
  const { name, query, timeoutMs } = asked;
  const answer = await post(asked, host).catch((error: unknown) => {
    throw explainNetworkFailure(name, error, timeoutMs);
  });
  if (answer.status !== 200) {
    throw explainRefusal(name, answer);
  }
  const points = readMatrix(dataOf(answer), query.stepSeconds);
  if (points === undefined) {
    throw new UserError(`${name} gave an answer that is not Prometheus'.`, {
      hint: 'Check the address in `metric_source` of msops.yml: a login page or another program may be there.',
    });
  }
  return points;
}

function post({ url, token, promql, query, timeoutMs }: Asked, host: string): Promise<FormAnswer> {
  const { from, until, stepSeconds } = query;
  const toStep = (at: Date, round: (steps: number) => number) =>
    round(at.getTime() / 1_000 / stepSeconds) * stepSeconds;
  // A step is looked back on from its end.
  const form = new URLSearchParams({
    query: rangeQuery(forHost(promql, host), stepSeconds),
    start: String(toStep(from, Math.floor) + stepSeconds),
    end: String(toStep(until, Math.ceil)),
    step: String(stepSeconds),
    timeout: `${timeoutMs}ms`,
  });
  return postForm({ url, form, token, timeoutMs, maxBytes: MAX_BYTES });
}

function dataOf({ body }: FormAnswer): unknown {
  try {
    return (JSON.parse(body) as { data?: unknown } | null)?.data;
  } catch {
    return undefined;
  }
}
