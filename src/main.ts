#!/usr/bin/env node
// Import only the version check statically, so that an older Node can still parse this file and print the message.
import { describeUnsupportedNode } from './cli/node-version.ts';

const complaint = describeUnsupportedNode(process.versions.node);
if (complaint === undefined) {
  const { runProgram } = await import('./cli/program.ts');
  const { endOnClosedPipe } = await import('./cli/output/quiet-pipe.ts');
  endOnClosedPipe([process.stdout, process.stderr], () => process.exit());
  process.exitCode = await runProgram(process.argv);
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
}
