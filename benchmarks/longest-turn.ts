const LOOK_MS = 2;

/**
 * The longest time, in milliseconds of CPU, for which `work` keeps the event loop from its other tasks. CPU
 * and not wall: on shared cores a process is stopped for longer than that by others.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let before = process.cpuUsage();
  const look = (): void => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.cpuUsage();
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
