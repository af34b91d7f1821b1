import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A directory for one test, under the system's own. For tests. */
export class TempFolder {
  readonly path: string = mkdtempSync(path.join(tmpdir(), 'strahl-io-'));

  /** Writes a file, with the directories above it; gives its path. */
  write(name: string, content: string | Uint8Array): string {
    const file = this.of(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  of(name: string): string {
    return path.join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
