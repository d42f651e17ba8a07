import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { joinWrites } from '../../../../src/adapters/ssh/joined-writes.ts';

function aStream() {
  const written: string[] = [];
  const turns: (() => void)[] = [];
  const stream = new Duplex({
    read() {},
    write(data: Buffer, _encoding, done) {
      written.push(`${data}`);
      done();
    },
  });
  const endTurn = () => turns.splice(0).map((send) => send());
  return { stream: joinWrites(stream, (send) => turns.push(send)), written, endTurn };
}

const bytes = (text: string) => Buffer.from(text);

describe('joinWrites', () => {
  it('writes as one what comes in one turn, in order', () => {
    const { stream, written, endTurn } = aStream();
    for (const piece of ['len', 'packet', 'tag']) {
      stream.write(bytes(piece));
    }
    expect(written).toEqual([]);
    endTurn();
    stream.write(bytes('next'));
    endTurn();
    endTurn();
    expect(written).toEqual(['lenpackettag', 'next']);
  });

  it('writes the rest before it ends', async () => {
    const { stream, written, endTurn } = aStream();
    stream.write(bytes('good'));
    stream.write(bytes('bye'));
    stream.end();
    endTurn();
    expect(written).toEqual(['goodbye']);
    expect(stream.writableEnded).toBe(true);
  });

  it('drops what nobody takes any more', () => {
    const { stream, written, endTurn } = aStream();
    stream.write(bytes('late'));
    stream.destroy();
    endTurn();
    expect(written).toEqual([]);
  });
});
