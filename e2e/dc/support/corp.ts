// A tenant whose agent uses the domain controller and a real mail server. Its connections to the
// relay and to the directory go through wires that a test controls.

import type { Portal, Tenant } from '../../support/stack';
import { dc, portal as address } from './environment';
import type { MailServer } from '../../support/mail-server';
import { Wire } from './wire';

/** The options of a tenant. */
export interface Options {
  caFile?: string;
  bindName?: string;
  bindPasswordFile?: string;
  /** Lines of `[policy]`. */
  policy?: string;
  comesUp?: boolean;
}

export interface Corp {
  tenant: Tenant;
  /** The connection from the agent to the portal. */
  relay: Wire;
  /** The connection from the agent to the domain controller. */
  directory: Wire;
  stop(): Promise<void>;
}

export async function corp(portal: Portal, mails: MailServer, options: Options = {}): Promise<Corp> {
  const relay = await Wire.to(new URL(address.url).host);
  const directory = await Wire.to(dc.address);
  const sections = `[directory]
type = "ldap"
url = "${dc.url}"
address = "${directory.address}"
ca_file = "${options.caFile ?? dc.caFile}"
bind_name = "${options.bindName ?? dc.bindName}"
bind_password_file = "${options.bindPasswordFile ?? dc.bindPasswordFile}"

[mail]
type = "smtp"
host = "localhost"
port = ${mails.port}
ca_file = "${dc.caFile}"
from = "Corp <reset@corp.example>"
`;
  const tenant = await portal.add({
    name: 'Corp',
    sections,
    policy: options.policy,
    relay: `http://${relay.address}`,
    keyBits: 3072,
    comesUp: options.comesUp,
  });
  return {
    tenant,
    relay,
    directory,
    async stop() {
      await tenant.kill();
      await relay.stop();
      await directory.stop();
    },
  };
}
