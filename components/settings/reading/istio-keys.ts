/**
 * Keys of Istio's own objects that have another name or place here: what somebody writes who copies from its
 * documentation. A key that stands nowhere here is not among them.
 */
export const istioKeys: ReadonlyMap<string, string> = new Map([
  ["http", 'It is "routes" here, directly below the application.'],
  ["route", 'It is "to" here: a version, {service: …}, or a list of {version: …, weight: …}.'],
  ["destination", 'Its fields stand in "to" itself: {service: …, version: …, port: …, weight: …}.'],
  ["subset", 'It is "version" here.'],
  ["subsets", 'It is "versions" here: a map of names, each with its weight.'],
  ["retryOn", 'It is "on" here, as a list: [5xx, reset].'],
  ["trafficPolicy", "Write loadBalancer, connectionPool, outlierDetection and tls directly below the application."],
  ["perRetryTimeout", 'It is "perTryTimeout".'],
]);
