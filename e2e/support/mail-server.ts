// A real mail server on this machine, which keeps what arrives.

import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AddressInfo } from 'node:net';

export class MailServer {
  private readonly mails: ParsedMail[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: SMTPServer) {}

  /** With a certificate it takes nothing before STARTTLS. */
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
    // An agent that is killed breaks its connections off.
    server.on('error', () => {});
    return mails;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** The mails to an address, oldest first. */
  to(address: string): ParsedMail[] {
    return this.mails.filter((mail) =>
      [mail.to ?? []].flat().some((to) => to.value.some((value) => value.address === address)),
    );
  }

  /** Waits until there are so many mails to an address; the last of them. */
  async arrived(address: string, count = 1, milliseconds = 15_000): Promise<ParsedMail> {
    const patience = AbortSignal.timeout(milliseconds);
    while (this.to(address).length < count) {
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          this.waiting.delete(look);
          resolve();
        };
        this.waiting.add(look);
        patience.addEventListener('abort', () =>
          reject(new Error(`${this.to(address).length} of ${count} mails to ${address} arrived`)),
        );
      });
    }
    return this.to(address)[count - 1];
  }

  /** The code in the so-manieth mail to an address. */
  async code(address: string, count = 1, milliseconds = 15_000): Promise<string> {
    const mail = await this.arrived(address, count, milliseconds);
    const code = mail.text?.match(/^\s*(\d{8})\s*$/m)?.[1];
    if (!code) throw new Error(`no code in the mail ${mail.subject}`);
    return code;
  }
}
