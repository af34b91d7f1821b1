const LOOK_MS = 2;

/**
 * The longest time, in milliseconds, for which `work` keeps the event loop from its other tasks: of each turn the
 * lesser of wall and CPU, both of which can only be too much. On shared cores a process is stopped by others for longer
 * than it runs, and CPU counts the threads that compile and collect beside the loop.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let cpu = process.cpuUsage();
  let wall = performance.now();
  const look = (): void => {
    const { user, system } = process.cpuUsage(cpu);
    longest = Math.max(longest, Math.min((user + system) / 1000, performance.now() - wall));
    cpu = process.cpuUsage();
    wall = performance.now();
  };
  const timer = setInterval(look, LOOK_MS);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
