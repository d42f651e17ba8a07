import dns2 from 'dns2';

const { Packet } = dns2;
type Answer = 'no_answer' | 'servfail' | 'no_cname' | { readonly cname: string };

/** A real DNS server on loopback whose records somebody makes up. A name that it was not told of does not exist. */
export interface LocalDns {
  /** `127.0.0.1:53210`, for `Resolver.setServers`. */
  readonly address: string;
  /** Names that were asked for so far, lower case, each as often as it was. */
  readonly asked: readonly string[];
  cname(name: string, target: string): void;
  /** There is such a name, with other records. */
  other(name: string): void;
  servfail(name: string): void;
  /** Never an answer. */
  silent(name: string): void;
  remove(name: string): void;
  stop(): Promise<void>;
}

export async function startDnsServer(): Promise<LocalDns> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = dns2.createServer({
    udp: true,
    handle(request, send) {
      const [question] = request.questions;
      const name = question?.name.toLowerCase() ?? '';
      asked.push(name);
      const answer = answers.get(name);
      if (answer !== 'no_answer') {
        send(respond(request, name, answer));
      }
    },
  });
  const { udp } = await server.listen({ udp: { port: 0, address: '127.0.0.1' } });
  const set = (answer: Answer) => (name: string) => void answers.set(name.toLowerCase(), answer);
  return {
    address: `127.0.0.1:${udp?.port}`,
    asked,
    cname: (name, target) => set({ cname: target })(name),
    other: set('no_cname'),
    servfail: set('servfail'),
    silent: set('no_answer'),
    remove: (name) => void answers.delete(name.toLowerCase()),
    stop: async () => {
      await server.close();
    },
  };
}

function respond(request: dns2.Packet, name: string, answer: Answer | undefined) {
  const response = Packet.createResponseFromRequest(request);
  const { RCODE, TYPE, CLASS } = Packet;
  if (answer === undefined) {
    response.header.rcode = RCODE.NXDOMAIN;
  } else if (answer === 'servfail') {
    response.header.rcode = RCODE.SERVFAIL;
  } else if (typeof answer === 'object') {
    const record = { name, type: TYPE.CNAME, class: CLASS.IN, ttl: 60, domain: answer.cname };
    response.answers.push(record as (typeof response.answers)[number]);
  }
  return response;
}
