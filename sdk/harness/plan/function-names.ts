/** How a graph names functions, for runners that look at a graph before they send it on. */
export { MODULE_REF_URN, pathOf } from '../../dofn/function-ref.js';
