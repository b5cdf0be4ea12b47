// A portal's address at which files are altered on their way to the browser.

import { type Server, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Altered {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** Starts it: the last byte of every file whose address matches is another one. */
  static async start(portal: string, files: RegExp): Promise<Altered> {
    const server = createServer((asked, answer) => {
      const headers = { ...asked.headers, 'accept-encoding': 'identity' };
      const forwarded = request(portal + asked.url, { method: asked.method, headers }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        if (files.test(asked.url!)) body[body.length - 1] ^= 1;
        answer.writeHead(response.statusCode!, response.headers).end(body);
      });
      asked.pipe(forwarded);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Altered(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
