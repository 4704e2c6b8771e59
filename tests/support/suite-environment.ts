import { ProcessEnvironment } from './process-environment';

module.exports = ProcessEnvironment;
