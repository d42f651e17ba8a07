interface Waiting<Item> {
  readonly item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Writes items in the order they came, and all that came during a write together in the next one.
 *
 * @returns A function that resolves when the item is written, and rejects when its batch failed.
 */
export function createBatchWriter<Item>(
  write: (items: readonly Item[]) => Promise<void>,
  maxBatch = 200,
): (item: Item) => Promise<void> {
  const queue: Waiting<Item>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      await write(batch.map(({ item }) => item)).then(
        () => {
          for (const { resolve } of batch) {
            resolve();
          }
        },
        (error: unknown) => {
          for (const { reject } of batch) {
            reject(error);
          }
        },
      );
    }
    isWriting = false;
  }

  return (item) => {
    const written = new Promise<void>((resolve, reject) => {
      queue.push({ item, resolve, reject });
    });
    if (!isWriting) {
      isWriting = true;
      void writeAll();
    }
    return written;
  };
}
