import { stopAll } from './e2e-setup';

module.exports = stopAll;
