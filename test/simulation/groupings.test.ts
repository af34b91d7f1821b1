import { GROUPINGS } from './checks.js';
import { holdUnderSeeds } from './under-seeds.js';

holdUnderSeeds(GROUPINGS);
