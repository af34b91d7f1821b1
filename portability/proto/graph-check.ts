import type { Graph } from '../model/graph.js';

export function checkGraph(_graph: Graph): void {}
