import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mustRun } from './shell.ts';

/**
 * Passes every frame from one interface to the other after a delay. For kernels without netem; the header of the
 * virtual network card comes along, since the cards of a namespace leave checksums to each other.
 */
const RELAY = `
import collections, select, socket, struct, sys, time
PACKET, ADD_MEMBERSHIP, VNET_HDR, IGNORE_OUTGOING, PROMISCUOUS, ALL = 263, 1, 15, 23, 1, 3
def attach(name):
    card = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    card.setsockopt(PACKET, VNET_HDR, 1)
    card.setsockopt(PACKET, IGNORE_OUTGOING, 1)
    card.bind((name, ALL))
    card.setsockopt(PACKET, ADD_MEMBERSHIP, struct.pack('iHH8s', socket.if_nametoindex(name), PROMISCUOUS, 0, b''))
    card.setblocking(False)
    return card
near, far, delay = attach(sys.argv[1]), attach(sys.argv[2]), float(sys.argv[3]) / 1000
other, queue = {near: far, far: near}, collections.deque()
print('ready', flush=True)
while True:
    wait = max(0, queue[0][0] - time.monotonic()) if queue else None
    for card in select.select([near, far], [], [], wait)[0]:
        try:
            queue.append((time.monotonic() + delay, other[card], card.recv(70000)))
        except BlockingIOError:
            pass
    while queue and queue[0][0] <= time.monotonic():
        _, card, frame = queue.popleft()
        try:
            card.send(frame)
        except OSError:
            pass
`;

export interface DelayLineOptions {
  /** A port of the bridge, whose traffic is delayed both ways. */
  readonly port: string;
  readonly bridge: string;
  readonly roundTripMs: number;
}

/** @returns how to take it away. @throws without python3. */
export async function startDelayLine({ port, bridge, roundTripMs }: DelayLineOptions): Promise<() => Promise<void>> {
  await mustRun(`ip link add slow0 type veth peer name slow1
    ip link set ${port} nomaster; ip link set slow0 master ${bridge} up; ip link set slow1 up`);
  const relay = spawn('python3', ['-c', RELAY, port, 'slow1', `${roundTripMs / 2}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(relay.stdout, 'data');
  return async () => {
    relay.kill();
    await mustRun(`ip link del slow0; ip link set ${port} master ${bridge}`);
  };
}
