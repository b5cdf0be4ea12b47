// The variables of `cargo xtask journeys-dc`: the domain controller, the portal and their folders.

import { readFileSync } from 'node:fs';

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run these journeys with \`cargo xtask journeys-dc\``);
  }
  return value;
}

export const portal = {
  url: variable('POSTERN_URL'),
  folder: variable('POSTERN_FOLDER'),
  /** The process id. */
  id: Number(JSON.parse(variable('POSTERN_PIDS')).portal),
};

/** The folder of the programs `postern` and `postern-agent`. */
export { programs } from '../../support/target';

export const dc = {
  url: variable('POSTERN_DC_URL'),
  host: new URL(variable('POSTERN_DC_URL').replace('ldaps:', 'https:')).hostname,
  address: variable('POSTERN_DC_ADDRESS'),
  base: variable('POSTERN_DC_BASE'),
  caFile: variable('POSTERN_DC_CA'),
  otherCaFile: variable('POSTERN_OTHER_CA'),
  bindName: variable('POSTERN_DC_BIND_NAME'),
  bindPasswordFile: variable('POSTERN_DC_BIND_PASSWORD_FILE'),
  /** The process group of the domain controller. */
  group: Number(variable('POSTERN_DC_GROUP')),
};

export const ca = readFileSync(dc.caFile, 'utf8');
export const administratorPassword = readFileSync(variable('POSTERN_DC_ADMIN_PASSWORD_FILE'), 'utf8');

export const mailServer = {
  certificate: readFileSync(variable('POSTERN_MAIL_CERTIFICATE'), 'utf8'),
  key: readFileSync(variable('POSTERN_MAIL_KEY'), 'utf8'),
};
