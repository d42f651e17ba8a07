import { describe, expect, it } from 'vitest';
import { createFairLimiter } from '../../../../src/adapters/ssh/fair-limiter.ts';

const never = new AbortController().signal;

describe('createFairLimiter', () => {
  it('lets groups take turns, however many one of them wants', async () => {
    const limiter = createFairLimiter({ total: 1, perGroup: 1 });
    const order: string[] = [];
    const work = async (group: string): Promise<void> => {
      const release = await limiter.acquire(group, never);
      order.push(group);
      release();
    };
    const first = await limiter.acquire('a', never);
    const all = ['a', 'a', 'a', 'b', 'b', 'c'].map(work);
    expect(limiter.waiting()).toBe(6);
    first();
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  });

  it('keeps a group within its share while there is room', async () => {
    const limiter = createFairLimiter({ total: 4, perGroup: 2 });
    const granted: string[] = [];
    for (const group of ['a', 'a', 'a', 'b']) {
      void limiter.acquire(group, never).then(() => granted.push(group));
    }
    await Promise.resolve();
    expect(granted).toEqual(['a', 'a', 'b']);
  });

  it('forgets who gave up waiting', async () => {
    const limiter = createFairLimiter({ total: 1, perGroup: 1 });
    const release = await limiter.acquire('a', never);
    const impatient = new AbortController();
    const waiting = limiter.acquire('a', impatient.signal);
    impatient.abort(new Error('too long'));
    await expect(waiting).rejects.toThrow('too long');
    expect(limiter.waiting()).toBe(0);
    release();
    await limiter.acquire('a', never);
  });

  it('takes a slot back once', async () => {
    const limiter = createFairLimiter({ total: 1, perGroup: 1 });
    const release = await limiter.acquire('a', never);
    release();
    release();
    await limiter.acquire('a', never);
    const third = limiter.acquire('a', AbortSignal.timeout(1));
    await expect(third).rejects.toThrow();
  });
});
