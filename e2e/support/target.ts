// Where cargo builds to: `cargo xtask` says so.

import { join, resolve } from 'node:path';

export const target = resolve(process.env.POSTERN_TARGET ?? join(import.meta.dirname, '../../target'));

/** Our programs. */
export const programs = join(target, 'debug');
