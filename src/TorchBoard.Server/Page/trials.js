// The section of hyperparameters and metrics.
import { h } from './dom.js';
export const trials = { id: 'trials', title: () => 'Trials', order: 15, kinds: ['hyperparameters'], create: () => ({ element: h('div'), update() {}, close() {} }) };
