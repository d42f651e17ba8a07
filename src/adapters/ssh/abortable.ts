/** Waits for a promise no longer than the signal allows. @throws the signal's reason */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, reject);
    promise.then(resolve, reject).finally(stop);
  });
}

type Callback = (reason: unknown) => void;

interface Waiting {
  readonly entries: Set<{ readonly callback: Callback }>;
  stopListening(): void;
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back with the signal's reason, at once when it is aborted already. Returns how to stop listening.
 * A signal gets one listener, whoever waits: it searches all of its listeners for each that comes or goes, and every
 * host behind a bastion listens to the bastion's. The last who goes takes it along, or a signal that was made of
 * others would live for ever.
 */
export function onAbort(signal: AbortSignal, callback: Callback): () => void {
  if (signal.aborted) {
    callback(signal.reason);
    return () => {};
  }
  const { entries, stopListening } = waitingFor.get(signal) ?? listen(signal);
  const entry = { callback };
  entries.add(entry);
  return () => {
    if (entries.delete(entry) && entries.size === 0) {
      stopListening();
    }
  };
}

function listen(signal: AbortSignal): Waiting {
  const entries: Waiting['entries'] = new Set();
  const tell = (): void => {
    for (const { callback } of entries) {
      callback(signal.reason);
    }
  };
  const stopListening = (): void => {
    signal.removeEventListener('abort', tell);
    waitingFor.delete(signal);
  };
  signal.addEventListener('abort', tell, { once: true });
  const waiting = { entries, stopListening };
  waitingFor.set(signal, waiting);
  return waiting;
}
