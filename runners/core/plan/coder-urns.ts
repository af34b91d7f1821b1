/** The coders whose structure the planner itself reads or builds. */
export const CODERS = {
  bytes: 'beam:coder:bytes:v1',
  double: 'beam:coder:double:v1',
  iterable: 'beam:coder:iterable:v1',
  kv: 'beam:coder:kv:v1',
} as const;
