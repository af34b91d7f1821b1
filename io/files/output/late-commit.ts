import type { CommitOptions } from '#sdk/dofn/dofn.js';

/** For what must hear of a commit however late it is: some runners tell at the end of a job only. */
export const HOWEVER_LATE: CommitOptions = Object.freeze({ within: '36500d' });
