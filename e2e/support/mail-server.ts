// A real mail server on this machine, which keeps the mails that it receives.

import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AddressInfo } from 'node:net';

export class MailServer {
  private readonly mails: ParsedMail[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: SMTPServer) {}

  /** Starts a server. With a certificate, it refuses mails before STARTTLS. */
  static async start(options: Pick<SMTPServerOptions, 'cert' | 'key'> = {}, port = 0): Promise<MailServer> {
    let mails: MailServer;
    const server = new SMTPServer({
      ...options,
      authOptional: true,
      disabledCommands: options.cert ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      onMailFrom(_address, session, done) {
        done(session.secure || !options.cert ? null : new Error('STARTTLS first'));
      },
      onData(stream, _session, done) {
        simpleParser(stream).then((mail) => {
          mails.mails.push(mail);
          mails.waiting.forEach((look) => look());
          done();
        }, done);
      },
    });
    mails = new MailServer(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, 'localhost', resolve);
    });
    // An agent that is killed aborts its connections.
    server.on('error', () => {});
    return mails;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** Returns the mails to an address, oldest first. */
  to(address: string): ParsedMail[] {
    return this.mails.filter((mail) =>
      [mail.to ?? []].flat().some((to) => to.value.some((value) => value.address === address)),
    );
  }

  /** Returns the codes mailed to an address, oldest first. Notices may arrive between them. */
  codes(address: string): string[] {
    return this.to(address).flatMap((mail) => mail.text?.match(/^\s*(\d{8})\s*$/m)?.[1] ?? []);
  }

  /** Waits until `count` mails to an address have arrived; returns the last of them. */
  async arrived(address: string, count = 1, milliseconds = 15_000): Promise<ParsedMail> {
    return this.last(() => this.to(address), `mails to ${address}`, count, milliseconds);
  }

  /** Waits until `count` codes for an address have arrived; returns the last of them. */
  async code(address: string, count = 1, milliseconds = 15_000): Promise<string> {
    return this.last(() => this.codes(address), `codes for ${address}`, count, milliseconds);
  }

  private async last<T>(all: () => T[], what: string, count: number, milliseconds: number): Promise<T> {
    const patience = AbortSignal.timeout(milliseconds);
    while (all().length < count) {
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          this.waiting.delete(look);
          resolve();
        };
        this.waiting.add(look);
        patience.addEventListener('abort', () => reject(new Error(`${all().length} of ${count} ${what} arrived`)));
      });
    }
    return all()[count - 1];
  }
}
