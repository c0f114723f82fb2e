#!/usr/bin/env node
// Nothing but the version check may be imported statically: an older Node must still be able to read this file.
import { describeUnsupportedNode } from './cli/node-version.ts';

const complaint = describeUnsupportedNode(process.versions.node);
if (complaint === undefined) {
  const { runProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(process.argv);
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
}
