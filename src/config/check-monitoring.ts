import type { Complaint } from './config-problem.ts';
import type { Skeleton } from './skeleton.ts';

/** That only production is watched: elsewhere hosts come and go, and an alert that means nothing hides one that does. */
export function checkMonitoring({ customers }: Skeleton): readonly Complaint[] {
  return customers.flatMap((customer, index) =>
    customer.environments.flatMap(({ name, production, monitoring }, position) =>
      production === false && asksFor(monitoring)
        ? [
            {
              path: ['customers', index, 'environments', position, 'monitoring'],
              message: `is for production only, where an alert means that somebody must act; leave it out and type /msops status ${name ?? ''} when you want to know`,
            },
          ]
        : [],
    ),
  );
}

function asksFor(monitoring: unknown): boolean {
  return monitoring !== undefined && monitoring !== 'off' && monitoring !== false;
}
