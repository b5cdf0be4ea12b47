// Cargo's target folder, which `cargo xtask` passes in a variable.

import { join, resolve } from 'node:path';

export const target = resolve(process.env.POSTERN_TARGET ?? join(import.meta.dirname, '../../target'));

/** The folder of the project's programs. */
export const programs = join(target, 'debug');
