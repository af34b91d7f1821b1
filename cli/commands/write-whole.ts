import { randomUUID } from 'node:crypto';

/** The file appears with all of its content or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const { appendAll, moveInto } = await import('#io/files/output/write-all.js');
  const { TempSpace } = await import('#io/files/output/temp-space.js');
  const space = new TempSpace(path, { name: randomUUID(), isShared: false });
  try {
    const whole = space.newFile();
    appendAll(whole, Buffer.from(content));
    await moveInto(path, whole);
  } finally {
    space.clean();
  }
}
