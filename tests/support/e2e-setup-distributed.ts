import { startFor } from './e2e-setup';

module.exports = () => startFor('distributed');
