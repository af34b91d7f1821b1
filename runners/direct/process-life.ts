/** Whether a process of this machine runs; one of another user does, though it may not be asked more. */
export function isAlive(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as { readonly code?: unknown }).code !== 'ESRCH';
  }
}
