// The domain through an administrator's connection: creates people for a journey, and reads their
// state.

import { Attribute, Change, Client, InvalidCredentialsError } from 'ldapts';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { administratorPassword, ca, dc } from './environment';

/** The initial password of every person. */
export const FIRST_PASSWORD = 'Pradzia-2026-pradzia';

/** The number of wrong passwords that locks an account out (`xtask/src/dc.rs`). */
const LOCKOUT_THRESHOLD = 5;

/** `userAccountControl` of an ordinary account, and of a disabled one. */
const ENABLED = '512';
const DISABLED = '514';

/** A time in 1970, as a FILETIME: an account with this expiry has expired. */
const LONG_AGO = '116444736010000000';

/** The options for creating a person. */
export interface Making {
  /** The login name. Default: a random one. */
  name?: string;
  displayName?: string;
  /** Empty for none. */
  mail?: string;
  /** Further addresses. */
  otherMailbox?: string[];
  /** The organizational unit. Default: `OU=People`. */
  unit?: string;
  disabled?: boolean;
  expired?: boolean;
}

/** A person in the domain. */
export interface Person {
  name: string;
  dn: string;
  mail: string;
}

/** A fine-grained password policy. */
export interface FineGrained {
  minimum?: number;
  /** In days. */
  minimumAge?: number;
  /** The number of wrong passwords that locks the account out. */
  lockout?: number;
}

export class Directory {
  private constructor(private readonly admin: Client) {}

  static async open(): Promise<Directory> {
    const admin = client();
    await admin.bind('administrator@corp.example', administratorPassword);
    return new Directory(admin);
  }

  async close(): Promise<void> {
    await this.admin.unbind();
  }

  /** Creates a person that no other journey uses. */
  async person(making: Making = {}): Promise<Person> {
    const name = making.name ?? fresh('p');
    const mail = making.mail ?? `${name}@corp.example`;
    const dn = `CN=${fresh('c')},${making.unit ?? 'OU=People'},${dc.base}`;
    const entry: Record<string, string | string[] | Buffer> = {
      objectClass: 'user',
      sAMAccountName: name,
      displayName: making.displayName ?? 'Jūratė Łukaszewicz',
      userAccountControl: making.disabled ? DISABLED : ENABLED,
      unicodePwd: quoted(FIRST_PASSWORD),
    };
    if (mail) entry.mail = mail;
    if (making.otherMailbox) entry.otherMailbox = making.otherMailbox;
    if (making.expired) entry.accountExpires = LONG_AGO;
    await this.admin.add(
      dn,
      Object.entries(entry).map(([type, value]) => attribute(type, value)),
    );
    return { name, dn, mail };
  }

  /** Creates a group with one member; returns its DN. */
  async group(member: string): Promise<string> {
    const name = fresh('g');
    const dn = `CN=${name},OU=People,${dc.base}`;
    await this.admin.add(dn, { objectClass: 'group', sAMAccountName: name, member });
    return dn;
  }

  /** Adds a member to a group. */
  async join(group: string, member: string): Promise<void> {
    await this.change(group, 'add', 'member', member);
  }

  /** Replaces a value. */
  async set(dn: string, type: string, value: string): Promise<void> {
    await this.change(dn, 'replace', type, value);
  }

  /** Creates a fine-grained policy for one person. */
  async fineGrained(member: string, policy: FineGrained): Promise<void> {
    const days = (number: number) => (-number * 864_000_000_000).toString();
    await this.admin.add(`CN=${fresh('pso')},CN=Password Settings Container,CN=System,${dc.base}`, {
      objectClass: 'msDS-PasswordSettings',
      'msDS-PasswordSettingsPrecedence': '10',
      'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
      'msDS-PasswordHistoryLength': '24',
      'msDS-PasswordComplexityEnabled': 'TRUE',
      'msDS-MinimumPasswordLength': String(policy.minimum ?? 12),
      'msDS-MinimumPasswordAge': days(policy.minimumAge ?? 0),
      'msDS-MaximumPasswordAge': days(42),
      'msDS-LockoutThreshold': String(policy.lockout ?? 0),
      'msDS-LockoutObservationWindow': '-18000000000',
      'msDS-LockoutDuration': '-18000000000',
      'msDS-PSOAppliesTo': member,
    });
  }

  /**
   * Makes a password so old that it has expired. Over LDAP only 0 and -1 can be written, so this
   * writes to the database file of the domain itself.
   */
  expirePassword(person: Person): void {
    const file = `${dirname(dc.caFile)}/private/sam.ldb.d/${dc.base.toUpperCase()}.ldb`;
    const change = `dn: ${person.dn}\nchangetype: modify\nreplace: pwdLastSet\npwdLastSet: ${LONG_AGO}\n`;
    execFileSync('ldbmodify', ['-H', file], { input: change, stdio: 'pipe' });
  }

  /** Signs in with a wrong password until the account is locked out. */
  async lockOut(person: Person): Promise<void> {
    for (let wrong = 0; wrong < LOCKOUT_THRESHOLD; wrong += 1) await binds(person, 'Wrong-2026-wrong');
  }

  /** Deletes an entry. */
  async delete(dn: string): Promise<void> {
    await this.admin.del(dn);
  }

  /** Returns the key version number, which rises by one each time a password is set. */
  async keyVersion(person: Person): Promise<number> {
    return Number(await this.value(person, 'msDS-KeyVersionNumber'));
  }

  /** Reports whether the account is locked out. */
  async isLocked(person: Person): Promise<boolean> {
    return !['', '0'].includes(await this.value(person, 'lockoutTime'));
  }

  private async value(person: Person, type: string): Promise<string> {
    const { searchEntries } = await this.admin.search(person.dn, {
      scope: 'base',
      attributes: [type],
    });
    return String(searchEntries[0][type] ?? '');
  }

  private async change(dn: string, operation: 'add' | 'replace', type: string, value: string): Promise<void> {
    await this.admin.modify(dn, [new Change({ operation, modification: attribute(type, value) })]);
  }
}

/** Reports whether a person can bind with a password. */
export async function binds(person: Person, password: string): Promise<boolean> {
  const ldap = client();
  try {
    await ldap.bind(`${person.name}@corp.example`, password);
    return true;
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return false;
    throw error;
  } finally {
    await ldap.unbind();
  }
}

/** Returns a random name with a prefix. */
export function fresh(prefix: string): string {
  return prefix + randomBytes(7).toString('hex');
}

export const DOMAIN_ADMINS = `CN=Domain Admins,CN=Users,${dc.base}`;

function client(): Client {
  return new Client({
    url: `ldaps://${dc.address}`,
    timeout: 20_000,
    connectTimeout: 10_000,
    tlsOptions: { ca, servername: dc.host },
  });
}

function attribute(type: string, value: string | string[] | Buffer): Attribute {
  return Buffer.isBuffer(value)
    ? new Attribute({ type, values: [value] })
    : new Attribute({ type, values: [value].flat() });
}

/** Returns the encoding of a password for `unicodePwd`: quoted, in UTF-16LE. */
function quoted(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}
