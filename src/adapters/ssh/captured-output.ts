import type { Readable } from 'node:stream';

export interface CapturedOutput {
  text(): string;
  isTruncated(): boolean;
}

/** Keeps the first bytes and goes on reading: a stream that nobody reads stops the command after 2 MiB. */
export function captureOutput(stream: Readable, maxBytes: number): CapturedOutput {
  const chunks: Buffer[] = [];
  let kept = 0;
  let isTruncated = false;
  stream.on('error', () => {});
  stream.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, maxBytes - kept);
    isTruncated ||= part.length < chunk.length;
    kept += part.length;
    if (part.length > 0) {
      chunks.push(part);
    }
  });
  return {
    // Streaming: the half of a character at the cut is left out, not replaced.
    text: () => new TextDecoder().decode(Buffer.concat(chunks), { stream: isTruncated }),
    isTruncated: () => isTruncated,
  };
}
