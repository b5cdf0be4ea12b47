// The texts of locales/, so that tests refer to expected texts by key and not by their English.
// Reads the part of Fluent that those files use: values, attributes, plurals, arguments.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../locales');

/** Every language that there are texts in, English first. */
export const languages = readdirSync(folder).sort((one, other) => Number(other === 'en') - Number(one === 'en'));
export type Language = string;
export type Arguments = Record<string, string | number>;

/** The texts by file, and by language, as far as they were read. */
const read = new Map<string, Map<string, string>>();
const whole = new Map<Language, Map<string, string>>();

/** Returns the text of a key (`reason-locked`, `reason-locked.do`) with its arguments. */
export function text(language: Language, key: string, values: Arguments = {}): string {
  return chosen(language, key, values).replace(/\{ \$(\w+) \}/g, (_, name) => {
    if (!(name in values)) throw new Error(`${language}/${key} needs ${name}`);
    return String(values[name]);
  });
}

/** Returns a pattern for the text of a key; arguments that are not given match anything. */
export function pattern(language: Language, key: string, values: Arguments = {}): RegExp {
  const parts = chosen(language, key, values).split(/\{ \$(\w+) \}/);
  const filled = parts.map((part, place) =>
    place % 2 === 0 ? escaped(part) : part in values ? escaped(String(values[part])) : '.+',
  );
  return new RegExp(filled.join(''));
}

/** Returns the keys of one file of a language, `app` for `app.ftl`. */
export function keys(language: Language, file: string): string[] {
  return [...load(language, file).keys()];
}

/** Returns a value as in the file, before its plural form is selected. */
export function raw(language: Language, key: string): string {
  const value = all(language).get(key);
  if (value === undefined) throw new Error(`${language} has no ${key}`);
  return value;
}

function chosen(language: Language, key: string, values: Arguments): string {
  const value = raw(language, key);
  const select = /^\{ \$(\w+) ->\n([\s\S]*)\}$/.exec(value);
  if (!select) return value;
  const [, argument, body] = select;
  const forms = new Map<string, string>();
  for (const [, name, form] of body.matchAll(/\*?\[(\w+)\]\s*([\s\S]*?)(?=\n\s*\*?\[|\n\s*$)/g)) {
    forms.set(name, dedented(form));
  }
  const count = Number(values[argument] ?? 2);
  const category = new Intl.PluralRules(language).select(count);
  return forms.get(String(count)) ?? forms.get(category) ?? forms.get('other')!;
}

function all(language: Language): Map<string, string> {
  const before = whole.get(language);
  if (before) return before;
  const found = new Map<string, string>();
  whole.set(language, found);
  for (const file of readdirSync(join(folder, language))) {
    for (const [key, value] of load(language, file.replace('.ftl', ''))) found.set(key, value);
  }
  return found;
}

function load(language: Language, file: string): Map<string, string> {
  const name = `${language}/${file}.ftl`;
  let found = read.get(name);
  if (!found) {
    found = parse(readFileSync(join(folder, name), 'utf8'));
    read.set(name, found);
  }
  return found;
}

function parse(source: string): Map<string, string> {
  const found = new Map<string, string>();
  let message = '';
  let key = '';
  for (const line of source.split('\n')) {
    const begins = /^([a-z][\w-]*) = ?(.*)$/.exec(line);
    const attribute = /^\s+\.([\w-]+) = ?(.*)$/.exec(line);
    if (begins) {
      message = key = begins[1];
      found.set(key, begins[2]);
    } else if (attribute && message) {
      key = `${message}.${attribute[1]}`;
      found.set(key, attribute[2]);
    } else if (/^\s+\S/.test(line) && key) {
      found.set(key, `${found.get(key)}\n${line}`);
    } else if (line.startsWith('#')) {
      key = message = '';
    }
  }
  for (const [key, value] of found) found.set(key, value.trim());
  return found;
}

function dedented(form: string): string {
  return form.split('\n').map((line) => line.trim()).join('\n').trim();
}

function escaped(part: string): string {
  return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
