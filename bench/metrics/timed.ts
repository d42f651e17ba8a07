/** Says how long it took. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - begin) / 1_000).toFixed(1)} s`);
  return result;
}
