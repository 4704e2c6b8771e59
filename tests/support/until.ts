// All suites of this repository poll with the function of the test kit.
export { until } from '@souk/testing/until';
