// A real mail server on this machine: it takes nothing before STARTTLS and keeps what arrives.

import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { mailServer } from './environment';

export class MailServer {
  private readonly mails: ParsedMail[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailServer> {
    let mails: MailServer;
    const server = new SMTPServer({
      cert: mailServer.certificate,
      key: mailServer.key,
      authOptional: true,
      disabledCommands: ['AUTH'],
      onMailFrom(_address, session, done) {
        done(session.secure ? null : new Error('STARTTLS first'));
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
      server.listen(0, 'localhost', resolve);
    });
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
  async arrived(address: string, count = 1): Promise<ParsedMail> {
    const patience = AbortSignal.timeout(15_000);
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
  async code(address: string, count = 1): Promise<string> {
    const mail = await this.arrived(address, count);
    const code = mail.text?.match(/^\s*(\d{6})\s*$/m)?.[1];
    if (!code) throw new Error(`no code in the mail ${mail.subject}`);
    return code;
  }
}
