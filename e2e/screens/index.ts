// Writes screens/index.html into cargo's target folder: every screenshot, by state and language.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from '../support/target';

export const folder = join(target, 'screens');

export default function index(): void {
  const pictures = readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .sort();
  const states = [...new Set(pictures.map((name) => name.split('.')[0]))];
  const sections = states.map((state) => {
    const figures = pictures
      .filter((name) => name.startsWith(`${state}.`))
      .map((name) => `<figure><img src="${name}" loading="lazy" alt=""><figcaption>${name}</figcaption></figure>`);
    return `<h2>${state}</h2><div>${figures.join('')}</div>`;
  });
  const style =
    'body{font:14px sans-serif}div{display:flex;flex-wrap:wrap;gap:12px}img{max-height:480px;border:1px solid #999}figure{margin:0}';
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>${sections.join('')}`,
  );
}
