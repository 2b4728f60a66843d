/// The Kafka cluster and the schema registry of the experiments, each of which can fail: broker processes,
/// proxies, and the topics of an experiment. Imports nothing from the other packages of `chaos`.
package io.keyward.chaos.cluster;
