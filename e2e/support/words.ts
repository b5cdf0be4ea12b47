// The texts of locales/, so that tests refer to expected texts by key and not by their English.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';
import { Message, type Pattern, type VariableReference, Visitor, parse } from '@fluent/syntax';

const folder = join(import.meta.dirname, '../../locales');

/** Every language that there are texts in, English first. */
export const languages = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort((one, other) => Number(other === 'en') - Number(one === 'en'));
export type Language = string;
export type Arguments = Record<string, string | number>;

/** A value or an attribute, as it is in its file and parsed. */
interface Value {
  source: string;
  pattern: Pattern;
}

/** The texts of a language: all of them to be formatted, and each file's values by key, in its order. */
interface Texts {
  bundle: FluentBundle;
  files: Map<string, Map<string, Value>>;
}

/** The texts of the languages that were read so far. */
const read = new Map<Language, Texts>();

/** Returns the text of a key (`reason-locked`, `reason-locked.do`) with its arguments. */
export function text(language: Language, key: string, values: Arguments = {}): string {
  return formatted(language, key, variables(values));
}

/** Returns a pattern for the text of a key; arguments that are not given match anything. */
export function pattern(language: Language, key: string, values: Arguments = {}): RegExp {
  const any = [...names(value(language, key).pattern)].map((name) => [name, new Anything()]);
  const filled = formatted(language, key, { ...Object.fromEntries(any), ...variables(values) });
  return new RegExp(escaped(filled).replaceAll(ANYTHING, '.+'));
}

/** Returns the keys of one file of a language, `app` for `app.ftl`. */
export function keys(language: Language, file: string): string[] {
  const values = texts(language).files.get(`${file}.ftl`);
  if (!values) throw new Error(`${language} has no ${file}.ftl`);
  return [...values.keys()];
}

/** Returns a value as in the file, before its plural form is selected. */
export function raw(language: Language, key: string): string {
  return value(language, key).source;
}

/** A character that no text contains: the place of an argument that is not given. */
const ANYTHING = '\uE000';

/** An argument that is not given. Where it selects a plural form, this is the form for 2. */
class Anything extends FluentNumber {
  constructor() {
    super(2);
  }

  override toString(): string {
    return ANYTHING;
  }
}

/** The arguments as the portal and the agent fill them in: numbers without a thousands separator. */
function variables(values: Arguments): Record<string, FluentVariable> {
  const all = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value,
  ]);
  return Object.fromEntries(all);
}

function formatted(language: Language, key: string, values: Record<string, FluentVariable>): string {
  const [id, attribute] = key.split('.');
  const { bundle } = texts(language);
  const message = bundle.getMessage(id);
  const found = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (found === undefined || found === null) throw new Error(`${language} has no ${key}`);
  const errors: Error[] = [];
  const text = bundle.formatPattern(found, values, errors);
  if (errors.length > 0) throw new Error(`${language}/${key}: ${errors.join(', ')}`);
  return text;
}

/** Returns the names of the arguments of a text. */
function names(pattern: Pattern): Set<string> {
  const found = new Set<string>();
  class Names extends Visitor {
    override visitVariableReference({ id }: VariableReference): void {
      found.add(id.name);
    }
  }
  new Names().visit(pattern);
  return found;
}

function value(language: Language, key: string): Value {
  for (const values of texts(language).files.values()) {
    const found = values.get(key);
    if (found) return found;
  }
  throw new Error(`${language} has no ${key}`);
}

function texts(language: Language): Texts {
  const before = read.get(language);
  if (before) return before;
  // Without isolation marks, which tests remove from what they read.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const files = new Map<string, Map<string, Value>>();
  for (const file of readdirSync(join(folder, language))) {
    const source = readFileSync(join(folder, language, file), 'utf8');
    files.set(file, valuesIn(source));
    const errors = bundle.addResource(new FluentResource(source));
    if (errors.length > 0) throw new Error(`${language}/${file}: ${errors.join(', ')}`);
  }
  const found = { bundle, files };
  read.set(language, found);
  return found;
}

/** Returns the values and attributes of a file by key. */
function valuesIn(source: string): Map<string, Value> {
  const found = new Map<string, Value>();
  const add = (key: string, pattern: Pattern) => {
    const { start, end } = pattern.span!;
    found.set(key, { source: source.slice(start, end), pattern });
  };
  for (const entry of parse(source, {}).body) {
    if (!(entry instanceof Message)) continue;
    if (entry.value) add(entry.id.name, entry.value);
    for (const { id, value } of entry.attributes) add(`${entry.id.name}.${id.name}`, value);
  }
  return found;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
