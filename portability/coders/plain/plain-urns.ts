// Apart from the coders, so that naming one in a graph does not load them.

/** Plain data in self-describing bytes. */
export const PLAIN_CODER_URN = 'strahl:coder:plain:v1';
/** The part of plain data whose bytes are deterministic; refuses the rest (STRAHL-5006). */
export const PLAIN_KEY_CODER_URN = 'strahl:coder:plain_key:v1';
/**
 * A coder of the user, found by the path in its payload. Who does not have it can still walk over its
 * nested values, which stand behind their length.
 */
export const USER_CODER_URN = 'strahl:coder:module_ref:v1';
/** How many elements a value stands for, and the value. An SDK that has it counts what it combines. */
export const COUNTED_CODER_URN = 'strahl:coder:counted:v1';
