// A TCP proxy that a test controls: forwards, records, holds or cuts its connections.

import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export type Direction = 'out' | 'back';

/** The state of one direction: forwarding, holding data back, or refusing connections. */
type State = 'open' | 'frozen' | 'cut';

interface Connection {
  near: Socket;
  far: Socket;
  held: Record<Direction, Buffer[]>;
}

export class Wire {
  /** WebSocket frames, unmasked, in the order of their arrival. */
  frames: Frame[] = [];
  private recorded: Buffer[] = [];
  private alive = new Set<Connection>();
  private states: Record<Direction, State> = { out: 'open', back: 'open' };
  private watchers = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    private readonly host: string,
    private readonly port: number,
  ) {}

  static async to(address: string): Promise<Wire> {
    const { hostname, port } = new URL(`tcp://${address}`);
    const server = createServer();
    const wire = new Wire(server, hostname, Number(port));
    server.on('connection', (near) => wire.carry(near));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forwards again, beginning with the data that was held. */
  open(): void {
    this.states = { out: 'open', back: 'open' };
    for (const { near, far, held } of this.alive) {
      held.out.splice(0).forEach((chunk) => far.write(chunk));
      held.back.splice(0).forEach((chunk) => near.write(chunk));
    }
  }

  /** Holds all data in one direction or both; connections stay open. Held data is recorded too. */
  freeze(...directions: Direction[]): void {
    for (const direction of directions.length ? directions : (['out', 'back'] as const)) {
      this.states[direction] = 'frozen';
    }
  }

  /** Breaks every connection and refuses new ones. */
  cut(): void {
    this.states = { out: 'cut', back: 'cut' };
    for (const { near, far } of this.alive) {
      near.destroy();
      far.destroy();
    }
  }

  /** Discards the recorded data. */
  forget(): void {
    this.frames = [];
    this.recorded = [];
  }

  /** Returns the packages of a kind that went over the wire. */
  packages(kind: Kind): Frame[] {
    return this.frames.filter((frame) => kindOf(frame) === kind);
  }

  /** Returns every byte that went over the wire. */
  bytes(): Buffer {
    return Buffer.concat(this.recorded);
  }

  /** Waits until a condition on the recorded data is met, at most 15 s. */
  async until(so: () => boolean): Promise<void> {
    const patience = AbortSignal.timeout(15_000);
    while (!so()) {
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          this.watchers.delete(look);
          resolve();
        };
        this.watchers.add(look);
        patience.addEventListener('abort', () => reject(new Error('it did not go over the wire')));
      });
    }
  }

  /** Returns a function that waits until one more package of a kind has gone over the wire. */
  following(kind: Kind): () => Promise<void> {
    const before = this.packages(kind).length;
    return () => this.until(() => this.packages(kind).length > before);
  }

  private carry(near: Socket): void {
    if (this.states.out === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.port, this.host);
    const connection: Connection = { near, far, held: { out: [], back: [] } };
    this.alive.add(connection);
    this.pass(connection, 'out', near, far);
    this.pass(connection, 'back', far, near);
  }

  private pass(connection: Connection, direction: Direction, from: Socket, to: Socket): void {
    const reader = new FrameReader(direction);
    from.on('data', (chunk: Buffer) => {
      this.recorded.push(chunk);
      this.frames.push(...reader.read(chunk));
      if (this.states[direction] === 'frozen') connection.held[direction].push(chunk);
      else to.write(chunk);
      this.watchers.forEach((look) => look());
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      to.destroy();
      this.alive.delete(connection);
    });
  }
}

/** A WebSocket frame (RFC 6455 section 5.2). */
export interface Frame {
  direction: Direction;
  opcode: number;
  payload: Buffer;
}

/** The kinds of packages in binary frames. */
export enum Kind {
  Hello = 1,
  Heartbeat = 2,
  Ask = 3,
  Answer = 4,
  Goodbye = 5,
}

/** Returns the kind of a package: its second item, `[version, kind, …]` in CBOR. */
export function kindOf(frame: Frame): Kind | undefined {
  const binary = frame.opcode === 2 && frame.payload[0] === 0x85;
  return binary ? (frame.payload[2] as Kind) : undefined;
}

/** Parses one direction of a WebSocket connection into frames. */
class FrameReader {
  private rest = Buffer.alloc(0);
  private upgraded = false;

  constructor(private readonly direction: Direction) {}

  read(chunk: Buffer): Frame[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    if (!this.upgraded) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return [];
      this.rest = this.rest.subarray(end + 4);
      this.upgraded = true;
    }
    const frames: Frame[] = [];
    for (let frame = this.next(); frame; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Frame | undefined {
    const bytes = this.rest;
    if (bytes.length < 2) return undefined;
    const masked = bytes[1] >= 128;
    const short = bytes[1] & 127;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + extended + (masked ? 4 : 0);
    if (bytes.length < start) return undefined;
    const length = extended ? bytes.readUIntBE(2 + Math.max(0, extended - 6), Math.min(extended, 6)) : short;
    if (bytes.length < start + length) return undefined;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    if (masked) {
      const mask = bytes.subarray(start - 4, start);
      payload.forEach((byte, place) => (payload[place] = byte ^ mask[place % 4]));
    }
    this.rest = bytes.subarray(start + length);
    return { direction: this.direction, opcode: bytes[0] & 15, payload };
  }
}
