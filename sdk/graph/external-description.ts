import type { ExpansionServiceSpec } from '#portability/model/external-step.js';
import type { SchemaType } from '../schema/schema-type.js';

/** A row of settings; its type is that of the schema or, without one, what the values show. */
export interface ConfigRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly type: (SchemaType & { readonly kind: 'row' }) | undefined;
}

/** A step of another SDK as the user described it. */
export interface ExternalDescription {
  readonly service: ExpansionServiceSpec;
  readonly request:
    | { readonly kind: 'payload'; readonly urn: string; readonly payload: Uint8Array }
    | { readonly kind: 'config'; readonly urn: string; readonly config: ConfigRow }
    | { readonly kind: 'schema-transform'; readonly identifier: string; readonly config: ConfigRow }
    | {
        readonly kind: 'python';
        readonly callable: string;
        readonly args: readonly unknown[];
        readonly kwargs: Readonly<Record<string, unknown>>;
      };
}
