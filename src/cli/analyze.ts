/** The command `analyze`: streams and exit code around run.ts. */
import { run } from './run';

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { stdout, stderr, code } = run(process.argv.slice(2));
// No process.exit: it would cut off what a pipe has not taken yet.
process.exitCode = code;
process.stdout.write(stdout);
process.stderr.write(stderr);
